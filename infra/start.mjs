// Plain JavaScript, so that a Node too old for the rest can still say so.
const OLDEST = 24;
const [, , what = 'app'] = process.argv;
if (Number(process.versions.node.split('.')[0]) < OLDEST) {
  process.stderr.write(
    `Node ${process.versions.node} is too old: infra needs Node ${OLDEST}. Run npm ci, then npm run deploy (or npx cdk …): the packages bring it.\n`,
  );
  process.exit(2);
}
await import(what === 'app' ? './app.ts' : './deploy.ts');
