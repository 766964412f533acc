/** Loaded before a program, it lets it believe that it runs more than a year from now. */
const Today = Date;
const LATER_MS = 400 * 86_400_000;

globalThis.Date = new Proxy(Today, {
  apply: () => new Today(Today.now() + LATER_MS).toString(),
  construct: (target, args, itself) =>
    Reflect.construct(target, args.length === 0 ? [Today.now() + LATER_MS] : args, itself),
  get: (target, key) => (key === 'now' ? () => Today.now() + LATER_MS : Reflect.get(target, key)),
});
