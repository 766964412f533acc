import type { Page } from 'puppeteer-core';
import { z } from 'zod';

const faults = z.array(z.string());

/**
 * What is wrong with the charts of a page as they are drawn: letters under 10 pixels, labels that touch each other or
 * leave the page, and letters that do not stand out by 4.5 : 1 from what is behind them.
 */
export async function chartFaults(page: Page): Promise<string[]> {
  return faults.parse(await page.evaluate(measure));
}

/** Runs in the page. */
function measure(): string[] {
  const found: string[] = [];
  const luminance = (colour: string): number => {
    const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number).map((value) => {
      const part = value / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one: string, other: string): number => {
    const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const mixed = (over: string, below: string, opacity: number): string => {
    const [upper = [], lower = []] = [over, below].map((colour) =>
      (colour.match(/[\d.]+/g) ?? []).map(Number),
    );
    return `rgb(${lower.map((value, index) => Math.round((upper[index] ?? 0) * opacity + value * (1 - opacity))).join(', ')})`;
  };
  const ground = getComputedStyle(document.body).backgroundColor;
  for (const svg of document.querySelectorAll<SVGSVGElement>('svg.chart')) {
    if (!svg.checkVisibility()) continue;
    const chart = `${svg.closest('figure')?.id} at ${innerWidth}`;
    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    const texts = [...svg.querySelectorAll('text')].filter((text) => text.textContent?.trim());
    const boxes = texts.map((text) => text.getBoundingClientRect());
    const shapes = [...svg.querySelectorAll<SVGGeometryElement>('path, rect, circle')];
    for (const [index, text] of texts.entries()) {
      const said = `${chart}: "${text.textContent}"`;
      const { fontSize, fill } = getComputedStyle(text);
      const size = Number.parseFloat(fontSize) * scale;
      if (size < 9.995) found.push(`${said} is ${size.toFixed(2)} px high`);
      const box = boxes[index];
      if (!box) continue;
      if (box.left < -0.5 || box.right > innerWidth + 0.5) found.push(`${said} leaves the page`);
      for (const [other, another] of boxes.entries()) {
        if (other <= index) continue;
        const across = Math.min(box.right, another.right) - Math.max(box.left, another.left);
        const down = Math.min(box.bottom, another.bottom) - Math.max(box.top, another.top);
        // A box of letters is as high as the tallest letter with its accents.
        if (across > 0.5 && down > 0.25 * box.height)
          found.push(`${said} touches "${texts[other]?.textContent}"`);
      }
      const middle = new DOMPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
      const behind = shapes.filter((shape) => {
        if (!(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)) return false;
        const matrix = shape.getScreenCTM();
        return (
          getComputedStyle(shape).fill !== 'none' &&
          matrix !== null &&
          shape.isPointInFill(middle.matrixTransform(matrix.inverse()))
        );
      });
      const under = behind.reduce((below, shape) => {
        const { fill: paint, opacity, fillOpacity } = getComputedStyle(shape);
        return mixed(paint, below, Number(opacity) * Number(fillOpacity));
      }, ground);
      const ratio = contrast(fill, under);
      if (ratio < 4.5) found.push(`${said} stands out by ${ratio.toFixed(2)} : 1 (${fill} on ${under})`);
    }
  }
  for (const name of ['china', 'united-states', 'china-tint', 'united-states-tint', 'europe', 'rest']) {
    const sample = document.body.appendChild(document.createElement('i'));
    sample.style.color = `var(--${name})`;
    const ratio = contrast(getComputedStyle(sample).color, ground);
    if (ratio < 3) found.push(`--${name} stands out by ${ratio.toFixed(2)} : 1`);
    sample.remove();
  }
  return found;
}
