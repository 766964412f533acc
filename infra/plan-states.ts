import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import {
  Choice,
  Condition,
  Fail,
  type INextable,
  JsonPath,
  Map as MapState,
  Pass,
  type State,
  Succeed,
  TaskInput,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import { PLAN, type Stage, type StageName } from '../functions/plan.ts';
import { SOURCE_NAMES } from '../functions/sources/index.ts';
import { noticeStates } from './notice-states.ts';
import { retriesOf, SETTLES } from './retries.ts';

export interface FoldOptions {
  readonly functions: Readonly<Record<StageName, IFunction>>;
  readonly topic: ITopic;
  readonly environment: string;
}

/** A part of the machine: where one enters it, and from where one goes on. */
interface Part {
  readonly enter: State;
  readonly leave: INextable;
}

/** Of a map's items at once: a new account runs ten functions in all. */
const LANGUAGES_AT_ONCE = 2;

/**
 * Folds the plan into states: from `$.from` to `$.until`, in the plan's order. What the machine was started with stays
 * what it carries; data stays in the archive.
 *
 * @returns the state it begins at
 */
export function foldPlan(scope: Construct, options: FoldOptions): State {
  const tell = noticeStates(scope, options);
  const done = new Succeed(scope, 'Done');
  tell.draft.next(done);
  tell.published.next(done);
  const held = new Succeed(scope, 'Held', {
    comment: 'A person decides; approving starts a run from publish.',
  });
  for (const notice of [tell.held, tell.heldAtPublication]) notice.next(held);
  tell.refused.next(new Fail(scope, 'Refused', { error: 'EditionRefused', causePath: '$.check.reasons' }));

  const begin = new Choice(scope, 'Where to begin');
  let following: State | undefined;
  for (const stage of [...PLAN].reverse()) {
    const { enter, leave } = partOf(scope, stage, options);
    begin.when(Condition.stringEquals('$.from', stage.name), enter);
    const end = { check: tell.draft, publish: tell.published }[stage.name as string] ?? done;
    const after: State = following
      ? new Choice(scope, `After ${stage.name}`)
          .when(Condition.stringEquals('$.until', stage.name), end)
          .otherwise(following)
      : end;
    if (stage.name === 'check')
      leave.next(
        new Choice(scope, 'What the judge says')
          .when(Condition.stringEquals('$.check.decision', 'refuse'), tell.refused)
          .when(Condition.stringEquals('$.check.decision', 'hold'), tell.held)
          .otherwise(after),
      );
    else leave.next(after);
    if (stage.name === 'publish' && enter instanceof LambdaInvoke)
      enter.addCatch(tell.heldAtPublication, { errors: ['EditionHeld'], resultPath: '$.failure' });
    following = enter;
  }
  begin.otherwise(
    new Fail(scope, 'No such stage', { error: 'BadRequest', cause: '$.from is no stage of the plan.' }),
  );
  return begin;
}

function partOf(scope: Construct, stage: Stage, options: FoldOptions): Part {
  if (stage.per === 'source') return eachSource(scope, stage, options);
  if (stage.per === 'locale') return eachLanguage(scope, stage, options);
  const payload = { edition: at('edition'), ...(stage.name === 'check' ? { locales: at('locales') } : {}) };
  const task = invoke(scope, stage, stage.name, options, payload, {
    compute: JsonPath.DISCARD,
    check: '$.check',
    publish: '$.published',
  });
  return { enter: task, leave: task };
}

/** All sources at once; each settles on its own. Without any of them there is no edition. */
function eachSource(scope: Construct, stage: Stage, options: FoldOptions): Part {
  const task = invoke(scope, stage, `${stage.name} one source`, options, {
    edition: at('edition'),
    source: at('source'),
  });
  const missing = new Pass(scope, 'Go on without it', {
    parameters: { source: at('source'), status: 'failed', error: JsonPath.stringAt('$.failure.Error') },
  });
  task.addCatch(missing, { errors: [...SETTLES], resultPath: '$.failure' });
  const map = new MapState(scope, stage.name, {
    itemsPath: '$.sources',
    itemSelector: { edition: at('edition'), source: JsonPath.stringAt('$$.Map.Item.Value') },
    maxConcurrency: SOURCE_NAMES.length,
    resultSelector: {
      any: JsonPath.arrayContains(JsonPath.listAt('$[*].status'), 'pulled'),
      sources: JsonPath.objectAt('$'),
    },
    resultPath: '$.pulled',
  });
  map.itemProcessor(task);
  const none = new Choice(scope, 'Did any source answer');
  none.when(
    Condition.booleanEquals('$.pulled.any', false),
    new Fail(scope, 'No source', {
      error: 'SourceUnavailable',
      cause: 'No source gave figures; the history says why of each. Nothing was made. Run again later.',
    }),
  );
  map.next(none);
  return { enter: map, leave: { next: (state) => none.otherwise(state) as never } };
}

function eachLanguage(scope: Construct, stage: Stage, options: FoldOptions): Part {
  const carried = {
    edition: at('edition'),
    locale: JsonPath.stringAt('$$.Map.Item.Value'),
    ...(stage.name === 'render' ? { templates: at('templates') } : {}),
  };
  const map = new MapState(scope, stage.name, {
    itemsPath: '$.locales',
    itemSelector: carried,
    maxConcurrency: LANGUAGES_AT_ONCE,
    resultPath: JsonPath.DISCARD,
  });
  map.itemProcessor(invoke(scope, stage, `${stage.name} one language`, options));
  return { enter: map, leave: map };
}

/** One call of a stage's function. */
function invoke(
  scope: Construct,
  stage: Stage,
  id: string,
  { functions }: FoldOptions,
  payload?: Record<string, unknown>,
  results: Partial<Record<StageName, string>> = {},
): LambdaInvoke {
  const result = results[stage.name];
  const task = new LambdaInvoke(scope, id, {
    lambdaFunction: functions[stage.name],
    payloadResponseOnly: true,
    retryOnServiceExceptions: false,
    ...(payload ? { payload: TaskInput.fromObject(payload) } : {}),
    ...(result === undefined ? {} : { resultPath: result }),
  });
  for (const retry of retriesOf(stage.name)) task.addRetry(retry);
  return task;
}

/** What a run was started with. */
function at(name: string): string {
  return JsonPath.stringAt(`$.${name}`);
}
