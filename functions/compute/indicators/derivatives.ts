import { missing } from '../figure.ts';
import { type Indicator, methodName } from '../indicator.ts';

const indicator = {
  id: 'derivatives',
  version: 1,
  unit: 'models',
  method:
    'Repositories created in the month that name a base model, by the country of the base model’s maker. Not measured yet: it needs every repository created in the month, and the sources so far list the repositories of makers, or the popular ones.',
} as const;

/** New derivatives by the base model's maker: in its place, and not measured yet. */
export const derivatives: Indicator = {
  ...indicator,
  compute() {
    const reason =
      'No source lists every repository created in the month yet; a count from a list of popular models would be of that list.';
    const universe = 'Model repositories created on the Hugging Face Hub in the month.';
    return {
      figures: Object.fromEntries(
        ['china', 'united-states'].map((country) => [
          `derivatives.count.${country}`,
          missing('models', methodName(indicator), universe, reason),
        ]),
      ),
      tables: {},
      series: {},
    };
  },
};
