import { z } from 'zod';
import { jsonArtefact } from '../archive/artefact.ts';

const sum = z.string().regex(/^[0-9a-f]{64}$/);

/** Everything an edition was computed from, by checksum: with it, the figures can be made again for ever. */
export const inputsSchema = z.strictObject({
  schemaVersion: z.literal(1),
  edition: z.string(),
  snapshots: z.array(z.strictObject({ source: z.string(), seal: z.string(), sha256: sum })),
  registries: z.array(z.strictObject({ name: z.string(), sha256: sum })),
  earlier: z.array(z.strictObject({ edition: z.string(), revision: z.string(), sha256: sum })),
});
export type Inputs = z.infer<typeof inputsSchema>;

export const inputsArtefact = jsonArtefact<Inputs>('inputs', inputsSchema);
