import { readFileSync, statSync } from 'node:fs';
import type { z } from 'zod';
import { measuredSchema, monthlyCost, tableSchema, templateSchema } from './cost.ts';

/** `npm run cost`: what a month of prod costs, from the template that `npm run synth -- -c env=prod` made. */
const SUBSCRIBERS = [0, 1_000, 100_000];
const TEMPLATE = new URL('../../cdk.out/OpenModelBalance-prod.template.json', import.meta.url);

const read = <T>(name: string, schema: z.ZodType<T>): T =>
  schema.parse(JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')));
const print = (line: string) => void process.stdout.write(`${line}\n`);

if (!statSync(TEMPLATE, { throwIfNoEntry: false })) {
  process.stderr.write(
    'There is no template yet. Run npm run synth -- -c env=prod first (any account will do).\n',
  );
  process.exit(2);
}
const template = templateSchema.parse(JSON.parse(readFileSync(TEMPLATE, 'utf8')));
const prices = read('prices.json', tableSchema);
const assumptions = read('assumptions.json', tableSchema);
const measured = read('measured.json', measuredSchema);

print(
  `Prices of ${prices.asOf}, ${prices.verified ? 'verified' : 'NOT VERIFIED'}; durations measured ${measured.measuredAt} on ${measured.machine}.`,
);
const columns = SUBSCRIBERS.map((subscribers) =>
  monthlyCost({ template, prices, assumptions, measured, subscribers }),
);
print(
  `\n${'US dollars a month, with … subscribers'.padEnd(40)}${SUBSCRIBERS.map((number) => number.toLocaleString('en').padStart(12)).join('')}`,
);
for (const { what, because } of columns.at(-1) ?? [])
  print(
    `${what.padEnd(40)}${columns.map((lines) => dollars(lines.find((line) => line.what === what)?.dollars)).join('')}   ${because}`,
  );
const totals = columns.map((lines) => lines.reduce((sum, line) => sum + line.dollars, 0));
print(`${'together'.padEnd(40)}${totals.map(dollars).join('')}`);
for (const [index, subscribers] of SUBSCRIBERS.entries()) {
  const [dearest] = columns[index] ?? [];
  if (dearest)
    print(
      `With ${subscribers.toLocaleString('en')} subscribers ${dearest.what} is dearest: ${Math.round((100 * dearest.dollars) / (totals[index] ?? 1))} % of it.`,
    );
}

function dollars(amount = 0): string {
  return amount.toFixed(2).padStart(12);
}
