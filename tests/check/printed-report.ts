import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inspectPdf, type PdfFacts } from '../../functions/check/pdf.ts';
import { chromium } from '../../functions/print/chromium.ts';
import { finishPdf } from '../../functions/print/finish.ts';
import { browserPrinter } from '../../functions/print/printer.ts';
import { BUDGET_MS, jobOf } from '../print/fixture.ts';

const require = createRequire(import.meta.url);

function face(family: string, file: string): string {
  const data = readFileSync(require.resolve(`@fontsource/${file}-400-normal.woff2`)).toString('base64');
  return `@font-face{font-family:"${family}";font-weight:400;src:url(data:font/woff2;base64,${data}) format("woff2")}`;
}

/** A language's words for a small report, and its faces: the first is asked for, the second fills in. */
export interface Words {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly faces: readonly (readonly [family: string, file: string])[];
  readonly cover: string;
  readonly contents: string;
  readonly sections: readonly string[];
  readonly prose: string;
}

const latin = ['Inter', 'inter/files/inter-latin'] as const;

export const WORDS: Record<'en' | 'ar' | 'zh', Words> = {
  en: {
    language: 'en',
    direction: 'ltr',
    faces: [latin],
    cover: 'The balance, July 2026',
    contents: 'Contents',
    sections: ['Downloads', 'Usage', 'Licences', 'Method'],
    prose:
      'Chinese open models served 87% (80–88%) of open tokens in July; American ones, such as Llama 4, 13%.',
  },
  ar: {
    language: 'ar',
    direction: 'rtl',
    faces: [latin, ['Noto Naskh Arabic', 'noto-naskh-arabic/files/noto-naskh-arabic-arabic']],
    cover: 'ميزان النماذج المفتوحة، يوليو 2026',
    contents: 'المحتويات',
    sections: ['التنزيلات', 'الاستخدام', 'التراخيص', 'المنهج والمصادر'],
    prose:
      'قدّمت النماذج الصينية المفتوحة 87% (80–88%) من الرموز في يوليو، والأمريكية مثل <bdi>Llama 4</bdi> ما يعادل 13%.',
  },
  zh: {
    language: 'zh',
    direction: 'ltr',
    faces: [latin, ['Noto Sans SC', 'noto-sans-sc/files/noto-sans-sc-chinese-simplified']],
    cover: '开放模型之衡，2026年7月',
    contents: '目录',
    sections: ['下载量', '使用量', '许可证与价格', '方法与来源'],
    prose: '7月，中国的开放模型提供了87%（80–88%）的开放词元；美国的模型，例如 Llama 4，提供了13%。',
  },
};

/** What differs from the sound report: style, and what is put into its first section. */
export interface Changes {
  readonly css?: string;
  readonly body?: string;
  readonly chart?: string;
}

const bars = [120, 300, 210].map(
  (width, index) => `<path d="M0,${index * 30}h${width}v20h-${width}Z" fill="#bf3022"/>`,
);

/** A chart as Vega draws it: a line for its axis, and bars. */
export const chart = (marks = bars.join('')) =>
  `<figure class="exhibit"><figcaption><p class="exhibit-title">Bars</p></figcaption><svg role="img" aria-label="Three bars." class="chart" width="400" height="110" style="direction:ltr"><g class="mark-rule role-axis-domain"><line x2="400" y2="0" stroke="#777" transform="translate(0,100)"/></g><g class="mark-rect role-mark marks">${marks}</g></svg><p class="source">Source</p></figure>`;

/** A small report, of the shape of the real one: a cover, contents with the pages of sections, numbered sections. */
export function sourceOf(
  words: Words,
  { css = '', body = '', chart: drawing = chart() }: Changes = {},
): string {
  const faces = words.faces.map(([family, file]) => face(family, file)).join('\n');
  const families = words.faces.map(([family]) => `"${family}"`).join(',');
  const heads = words.sections.map((title, index) =>
    index === 3
      ? ''
      : `@page page-s${index + 1} { @top-left { content: "${index + 1}   ${title}"; } } #s${index + 1}{page:page-s${index + 1};break-before:page}`,
  );
  const sections = words.sections.map(
    (
      title,
      index,
    ) => `<section id="s${index + 1}"><h2><span class="section-number">${index + 1} </span><span>${title}</span></h2>
${index === 0 ? `${drawing}${body}` : ''}${`<p>${words.prose}</p>`.repeat(index === 3 ? 3 : 8)}</section>`,
  );
  const lines = words.sections.map(
    (title, index) =>
      `<li><a href="#s${index + 1}"><span>${index + 1}</span> <span>${title}</span> <span class="page" data-page-of="s${index + 1}"></span></a></li>`,
  );
  return `<!doctype html><html lang="${words.language}" dir="${words.direction}"><head><meta charset="utf-8"><title>${words.cover}</title><style>${faces}
@page{size:A4;margin:22mm;font-family:${families};font-size:8pt;@bottom-right{content:counter(page) " / " counter(pages)}}
*{font-synthesis:none} body{margin:0;font:400 11pt ${families}} h1,h2{font-weight:400} li a{display:flex;gap:4mm} .page{width:12mm}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@page page-contents { @top-left { content: "${words.contents}"; } } #contents{page:page-contents;break-before:page}
#s4{page:page-s3}
${heads.join('\n')}
${css}</style></head><body>
<section id="cover"><h1>${words.cover}</h1><p>${words.prose}</p>${`<p>${words.prose}</p>`.repeat(9)}</section>
<section id="contents"><h2>${words.contents}</h2><nav><ol>${lines.join('')}</ol></nav>${`<p>${words.prose}</p>`.repeat(9)}</section>
${sections.join('\n')}</body></html>`;
}

const printer = browserPrinter(chromium({}));

/** Prints a report, and reads what was printed. */
export async function printedFrom(html: string, words: Words): Promise<PdfFacts> {
  const job = jobOf({
    language: words.language,
    direction: words.direction,
    pictures: [],
    fonts: words.faces.map(([family]) => `400 12px "${family}"`),
  });
  const { pdf, texts } = await printer.print(html, job, BUDGET_MS);
  return inspectPdf(await finishPdf(pdf, job, [], texts));
}
