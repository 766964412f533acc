import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ArchiveCorrupt } from '../errors.ts';

/** How one kind of object is written to bytes and read back; both directions validate. */
export interface Artefact<T> {
  /** What it is called in messages: "figures", "print job". */
  readonly name: string;
  /** @throws ArchiveCorrupt if the bytes are not of this kind; `where` is named in the message */
  parse(body: Uint8Array, where: string): T;
  /** @throws ArchiveCorrupt if the value is not of this kind */
  serialise(value: T, where: string): Uint8Array;
}

/** A JSON object of a schema, written with sorted keys where the schema does not fix an order. */
export function jsonArtefact<T>(name: string, schema: z.ZodType<T>): Artefact<T> {
  const validate = (value: unknown, where: string, doing: string): T => {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    throw new ArchiveCorrupt(
      `The ${name} ${doing} ${where} is not valid: ${z.prettifyError(result.error).replaceAll('\n', ' ').slice(0, 600)}`,
      { key: where },
      result.error,
    );
  };
  return {
    name,
    parse(body, where) {
      let value: unknown;
      try {
        value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
      } catch (cause) {
        throw new ArchiveCorrupt(
          `The ${name} at ${where} is not JSON (${body.length} bytes). Make it again.`,
          { key: where },
          cause,
        );
      }
      return validate(value, where, 'at');
    },
    serialise(value, where) {
      return new TextEncoder().encode(
        `${JSON.stringify(validate(value, where, 'to be written to'), null, 1)}\n`,
      );
    },
  };
}

/** UTF-8 text that begins as its kind does. */
export function textArtefact(name: string, begins: RegExp): Artefact<string> {
  const check = (text: string, where: string): string => {
    if (begins.test(text)) return text;
    throw new ArchiveCorrupt(`The ${name} at ${where} does not begin as one does: "${text.slice(0, 40)}".`, {
      key: where,
    });
  };
  return {
    name,
    parse: (body, where) => check(new TextDecoder().decode(body), where),
    serialise: (text, where) => new TextEncoder().encode(check(text, where)),
  };
}

/** Bytes that begin as their kind does: `%PDF-`, the PNG signature. */
export function binaryArtefact(name: string, begins: string): Artefact<Uint8Array> {
  const check = (body: Uint8Array, where: string): Uint8Array => {
    if (Buffer.from(body.subarray(0, begins.length)).toString('latin1') === begins) return body;
    throw new ArchiveCorrupt(`The ${name} at ${where} does not begin as one does (${body.length} bytes).`, {
      key: where,
    });
  };
  return { name, parse: check, serialise: check };
}

/** The checksum used everywhere: SHA-256, lower-case hexadecimal. */
export function sha256(body: Uint8Array | string): string {
  return createHash('sha256').update(body).digest('hex');
}

/** Bytes of whatever kind, as they are. */
export function bytesArtefact(name = 'file'): Artefact<Uint8Array> {
  return { name, parse: (body) => body, serialise: (body) => body };
}

/** A checksum as `sha256` writes it. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
