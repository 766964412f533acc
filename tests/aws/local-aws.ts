import { ANYBODY, REGION } from './ask.ts';
import { Gateway } from './gateway.ts';
import { type Moto, startMoto } from './moto.ts';

/** A fresh AWS on the loopback interface, with nothing in it. */
export interface LocalAws extends AsyncDisposable {
  readonly gateway: Gateway;
  readonly moto: Moto;
}

/** Starts it; everything of AWS that this process sees from now on is this one. */
export async function startLocalAws(): Promise<LocalAws> {
  await using stack = new AsyncDisposableStack();
  const gateway = stack.use(await Gateway.start());
  const moto = stack.use(await startMoto(gateway.endpoint));
  gateway.moto = moto.endpoint;
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: gateway.endpoint,
    AWS_ACCESS_KEY_ID: ANYBODY.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ANYBODY.secretAccessKey,
    AWS_REGION: REGION,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
  });
  const all = stack.move();
  return { gateway, moto, [Symbol.asyncDispose]: () => all.disposeAsync() };
}
