/**
 * Width and height of a PNG in pixels, from its first chunk.
 *
 * @see https://www.w3.org/TR/png-3/#11IHDR
 */
export function pngSize(png: Uint8Array): { width: number; height: number } {
  if (png.length < 24) return { width: 0, height: 0 };
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
