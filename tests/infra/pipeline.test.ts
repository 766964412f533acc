import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import type { ErrorName } from '../../functions/errors.ts';
import { PLAN, STAGE_NAMES } from '../../functions/plan.ts';
import { SOURCE_NAMES } from '../../functions/sources/index.ts';
import { definitionOf, machineOf, statesOf, walk } from './machine.ts';
import { rightsOf } from './policies.ts';
import { flat, templateOf } from './template.ts';

const made = templateOf('prod');
const machine = machineOf(made);
const isStage = (name: string) => STAGE_NAMES.some((stage) => stage === name);
const stagesOf = (path: readonly string[]) => path.filter(isStage);

/** The names of our errors; the type says that none is left out and none invented. */
const OURS: Readonly<Record<ErrorName, true>> = {
  BadRequest: true,
  SourceUnavailable: true,
  PullUnfinished: true,
  SourceChanged: true,
  IncompleteEdition: true,
  ArchiveConflict: true,
  ArchiveUnavailable: true,
  ArchiveCorrupt: true,
  TemplateError: true,
  PrintFailed: true,
  EditionHeld: true,
  EditionRefused: true,
  CloudUnavailable: true,
};

/** The names Lambda and Step Functions give, of which AWS's documentation tells. */
const AWS = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.TooManyRequestsException',
  'Lambda.Unknown',
  'Runtime.ExitError',
  'Sandbox.Timedout',
  'States.Timeout',
];

describe('the state machine', () => {
  it('is one that Step Functions would take', () => {
    for (const environment of ['dev', 'prod'] as const) {
      const definition = definitionOf(templateOf(environment)).replace(/<[\w:.]+>/g, (it) =>
        it.endsWith('.Arn>') ? 'arn:aws:lambda:eu-west-1:123456789012:function:one' : 'aws',
      );
      const { isValid, errorsText } = validate(JSON.parse(definition));
      expect(errorsText()).toBe('');
      expect(isValid).toBe(true);
    }
    const broken = JSON.parse(definitionOf(made));
    delete broken.States.compute;
    expect(validate(broken).isValid).toBe(false);
  });

  it('goes through the stages in the plan’s order', () => {
    const path = walk(machine, { from: 'pull', until: 'publish' });
    expect(stagesOf(path)).toEqual(PLAN.map(({ name }) => name));
    expect(path.at(-1)).toBe('Done');
  });

  it.each(
    STAGE_NAMES.flatMap((from, first) =>
      STAGE_NAMES.slice(first).map((until, index) => [from, until, first + index + 1] as const),
    ),
  )('starts at %s and ends after %s', (from, until, end) => {
    const path = walk(machine, { from, until });
    expect(stagesOf(path)).toEqual(STAGE_NAMES.slice(STAGE_NAMES.indexOf(from), end));
    expect(path.at(-1)).toBe('Done');
  });

  it('calls each stage’s own function, once for each of what the plan says that it is about', () => {
    for (const { name, per } of PLAN) {
      const state = machine.States[name];
      const task = per === 'edition' ? state : Object.values(state?.ItemProcessor?.States ?? {})[0];
      const id = made.one('AWS::Lambda::Function', `${name[0]?.toUpperCase()}${name.slice(1)}Function`).id;
      expect(task, name).toMatchObject({ Type: 'Task', Resource: `<${id}.Arn>` });
      expect(state, name).toMatchObject(
        {
          edition: { Type: 'Task' },
          source: { Type: 'Map', ItemsPath: '$.sources', MaxConcurrency: SOURCE_NAMES.length },
          locale: { Type: 'Map', ItemsPath: '$.locales', MaxConcurrency: 2 },
        }[per],
      );
    }
  });

  it('gives each call what it asks for', () => {
    const asked = (name: string) =>
      Object.keys(machine.States[name]?.ItemSelector ?? machine.States[name]?.Parameters ?? {}).sort();
    expect(asked('pull')).toEqual(['edition.$', 'source.$']);
    expect(asked('compute')).toEqual(['edition.$']);
    expect(asked('render')).toEqual(['edition.$', 'locale.$', 'templates.$']);
    expect(asked('print')).toEqual(['edition.$', 'locale.$']);
    expect(asked('check')).toEqual(['edition.$', 'locales.$']);
    expect(asked('publish')).toEqual(['edition.$']);
  });

  it('never lets a result take the place of what the run was started with', () => {
    for (const [name, state] of Object.entries(machine.States))
      if (state.Type === 'Task' || state.Type === 'Map')
        expect(state.ResultPath, name).toSatisfy((path) => path === null || /^\$\.\w+$/.test(`${path}`));
    for (const [name, state] of Object.entries(machine.States))
      expect(['$.edition', '$.from', '$.until', '$.locales', '$.sources', '$.templates'], name).not.toContain(
        state.ResultPath,
      );
  });

  it('knows the errors it retries and catches: our own names, or AWS’s', () => {
    const named = statesOf(machine).flatMap(([, { Retry, Catch }]) =>
      [...Retry, ...Catch].flatMap(({ ErrorEquals }) => ErrorEquals),
    );
    expect(named.length).toBeGreaterThan(0);
    expect([...new Set(named)].filter((name) => !(name in OURS) && !AWS.includes(name))).toEqual([]);
  });

  it('tries every call again when Lambda is busy or the function was killed, spread by jitter', () => {
    const tasks = statesOf(machine).filter(
      ([, state]) => state.Type === 'Task' && `${state.Resource}`.endsWith('.Arn>'),
    );
    expect(tasks).toHaveLength(PLAN.length);
    for (const [name, { Retry }] of tasks) {
      expect(
        Retry.flatMap(({ ErrorEquals }) => ErrorEquals),
        name,
      ).toEqual(expect.arrayContaining([...AWS, 'ArchiveUnavailable', 'ArchiveConflict']));
      for (const retry of Retry) {
        expect(retry.JitterStrategy, name).toBe('FULL');
        expect(retry.MaxAttempts, name).toBeGreaterThan(0);
      }
    }
  });

  it('goes on with a pull that stopped at its time limit, at once and many times, and with nothing else', () => {
    const stopped = statesOf(machine).flatMap(([name, { Retry }]) =>
      Retry.filter(({ ErrorEquals }) => ErrorEquals.includes('PullUnfinished')).map((retry) => [name, retry]),
    );
    expect(stopped).toEqual([
      ['pull one source', expect.objectContaining({ IntervalSeconds: 1, MaxAttempts: 40, BackoffRate: 1 })],
    ]);
  });

  it('does not try again what a second try cannot mend', () => {
    const retried = statesOf(machine).flatMap(([, { Retry }]) => Retry.flatMap((one) => one.ErrorEquals));
    for (const error of [
      'BadRequest',
      'SourceChanged',
      'IncompleteEdition',
      'ArchiveCorrupt',
      'TemplateError',
    ])
      expect(retried).not.toContain(error);
    for (const error of ['EditionHeld', 'EditionRefused', 'States.ALL', 'States.TaskFailed'])
      expect(retried).not.toContain(error);
  });

  it('lets each source settle on its own, and fails where none answered', () => {
    const inner = machine.States.pull?.ItemProcessor;
    const task = inner?.States[inner.StartAt];
    for (const error of ['SourceUnavailable', 'SourceChanged', 'PullUnfinished', 'Sandbox.Timedout'])
      expect(task?.Catch.find(({ ErrorEquals }) => ErrorEquals.includes(error))?.Next, error).toBe(
        'Go on without it',
      );
    expect(inner?.States['Go on without it']).toMatchObject({
      Type: 'Pass',
      End: true,
      Parameters: { status: 'failed' },
    });
    const none = machine.States['Did any source answer'];
    expect(none?.Choices).toHaveLength(1);
    expect(machine.States[none?.Choices[0]?.Next ?? '']).toMatchObject({
      Type: 'Fail',
      Error: 'SourceUnavailable',
    });
  });

  it.each([
    ['hold', 'Tell that it is held', 'Held'],
    ['refuse', 'Tell that it is refused', 'Refused'],
  ])('ends the run when the judge says %s, and tells people', (decision, notice, end) => {
    for (const until of ['check', 'publish']) {
      const path = walk(machine, { from: 'pull', until, decision });
      expect(path.slice(-2)).toEqual([notice, end]);
      expect(path).not.toContain('publish');
    }
  });

  it('publishes what the judge lets go with warnings', () => {
    const path = walk(machine, { from: 'check', until: 'publish', decision: 'publish with warnings' });
    expect(stagesOf(path)).toEqual(['check', 'publish']);
  });

  it('ends as held, not failed, where publication finds no approval of these bytes', () => {
    const failing = { at: 'publish', error: 'EditionHeld' };
    expect(walk(machine, { from: 'publish', until: 'publish', failing }).slice(-2)).toEqual([
      'Tell that it is held still',
      'Held',
    ]);
    expect(machine.States.Held?.Type).toBe('Succeed');
    expect(machine.States.Refused).toMatchObject({ Type: 'Fail', Error: 'EditionRefused' });
  });

  it('fails at once where it is told to begin at no stage', () => {
    expect(walk(machine, { from: 'deliver', until: 'publish' })).toEqual(['Where to begin', 'No such stage']);
  });

  it('says in a notice of a hold how to look at the draft and how to approve it', () => {
    for (const name of ['Tell that it is held', 'Tell that it is held still']) {
      const text = `${machine.States[name]?.Parameters?.['Message.$']}`;
      expect(text).toContain('npm run report -- archive fetch --env prod --edition {}');
      expect(text).toContain('npm run report -- approve --env prod --edition {} --because "…"');
    }
  });

  it('gives every call of States.Format as many values as its text has places', () => {
    const formats = statesOf(machine).flatMap(([, { Parameters }]) =>
      Object.values(Parameters ?? {}).filter((one) => `${one}`.startsWith('States.Format(')),
    );
    expect(formats.length).toBeGreaterThan(8);
    for (const format of formats) {
      const [, text = '', values = ''] =
        /^States\.Format\('(.*)'((?:, \$[\w.]+)*)\)$/s.exec(`${format}`) ?? [];
      expect(values.match(/\$/g) ?? [], text).toHaveLength(text.match(/\{\}/g)?.length ?? 0);
      // An apostrophe would end the text; a brace that is no place must be escaped.
      expect(text.replaceAll('{}', '')).not.toMatch(/['{}]/);
    }
  });

  it('may call the stages and tell people, and nothing else', () => {
    const rights = rightsOf(made, 'PipelineStateMachineRole');
    const actions = rights.flatMap((one) => one.actions).filter((one) => !one.startsWith('logs:'));
    expect([...new Set(actions)].sort()).toEqual(['lambda:InvokeFunction', 'sns:Publish']);
    const called = rights.filter((one) => one.actions.includes('lambda:InvokeFunction'));
    expect(
      [
        ...new Set(
          called.flatMap(({ resources }) => resources.map((one) => /^<([A-Z][a-z]+)/.exec(one)?.[1])),
        ),
      ]
        .map((one) => one?.toLowerCase())
        .sort(),
    ).toEqual([...STAGE_NAMES].sort());
    expect(flat(made.outputs.StateMachineArn?.Value)).toBe(
      `<${made.one('AWS::StepFunctions::StateMachine').id}>`,
    );
  });

  it('logs its errors with their data, and ends after four hours at most', () => {
    made.template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      LoggingConfiguration: { Level: 'ERROR', IncludeExecutionData: true },
    });
    expect(machine.TimeoutSeconds).toBe(4 * 3600);
  });
});
