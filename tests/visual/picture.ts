/** A page as pixels: four bytes each, red, green, blue and opacity, row by row from the top left. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A white picture. */
export function blank(width: number, height: number): Picture {
  return { width, height, data: new Uint8Array(width * height * 4).fill(255) };
}

/** Fills a rectangle, as far as it lies within the picture. */
export function fill(
  picture: Picture,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  colour: readonly [number, number, number],
): void {
  for (let row = Math.max(0, y); row < Math.min(y + height, picture.height); row++)
    for (let column = Math.max(0, x); column < Math.min(x + width, picture.width); column++)
      picture.data.set(colour, (row * picture.width + column) * 4);
}

/** Lays one picture on another, its top left corner at a place; what reaches beyond is cut off. */
export function lay(on: Picture, picture: Picture, at: { readonly x: number; readonly y: number }): void {
  const width = Math.min(picture.width, on.width - at.x);
  for (let row = 0; row < Math.min(picture.height, on.height - at.y); row++) {
    const from = row * picture.width * 4;
    on.data.set(picture.data.subarray(from, from + width * 4), ((at.y + row) * on.width + at.x) * 4);
  }
}

/** Smaller by a whole factor: every pixel is the mean of those it stands for. */
export function shrunk(picture: Picture, factor: number): Picture {
  const small = blank(Math.floor(picture.width / factor), Math.floor(picture.height / factor));
  for (let y = 0; y < small.height; y++)
    for (let x = 0; x < small.width; x++)
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let row = 0; row < factor; row++)
          for (let column = 0; column < factor; column++)
            sum +=
              picture.data[((y * factor + row) * picture.width + x * factor + column) * 4 + channel] ?? 0;
        small.data[(y * small.width + x) * 4 + channel] = Math.round(sum / factor ** 2);
      }
  return small;
}
