import type { SSMClient } from '@aws-sdk/client-ssm';
import { LIMITS } from './limits.ts';
import { sdkErrorName, sdkFailure } from './sdk-failure.ts';

/** Whether a key is set, and since when; its value is never told. */
export interface KeyState {
  readonly name: string;
  readonly set: boolean;
  readonly since: string | null;
}

/** The sources' keys of a deployment. */
export interface SourceKeys {
  list(names: readonly string[]): Promise<readonly KeyState[]>;
  set(name: string, value: string): Promise<void>;
  /** Removing one that is not set is no error. */
  remove(name: string): Promise<void>;
}

/** The keys in Systems Manager, encrypted. @param path ends in `/` */
export function parameterStore(path: string): SourceKeys {
  const ask = async <T>(
    doing: string,
    work: (sdk: typeof import('@aws-sdk/client-ssm'), client: SSMClient) => Promise<T>,
  ) => {
    const sdk = await import('@aws-sdk/client-ssm');
    try {
      return await work(sdk, new sdk.SSMClient({ requestHandler: LIMITS }));
    } catch (error) {
      throw sdkFailure(error, `${doing} in Systems Manager`);
    }
  };
  return {
    list: (names) =>
      ask(`look up the keys under ${path}`, async (sdk, client) => {
        const Names = names.map((name) => `${path}${name}`);
        const { Parameters = [] } = await client.send(
          new sdk.GetParametersCommand({ Names, WithDecryption: false }),
        );
        return names.map((name) => {
          const found = Parameters.find(({ Name }) => Name === `${path}${name}`);
          return { name, set: found !== undefined, since: found?.LastModifiedDate?.toISOString() ?? null };
        });
      }),
    async set(name, Value) {
      const Name = `${path}${name}`;
      await ask(`set ${Name}`, (sdk, client) =>
        client.send(new sdk.PutParameterCommand({ Name, Value, Type: 'SecureString', Overwrite: true })),
      );
    },
    async remove(name) {
      const Name = `${path}${name}`;
      await ask(`remove ${Name}`, (sdk, client) =>
        client.send(new sdk.DeleteParameterCommand({ Name })).catch((error: unknown) => {
          if (sdkErrorName(error) !== 'ParameterNotFound') throw error;
        }),
      );
    },
  };
}
