import { STAGE_NAMES, type StageName } from '../../functions/plan.ts';
import type { Cloud } from './cloud.ts';
import type { Fault } from './forward.ts';
import type { Seen } from './gateway.ts';

/** A write to S3 by a function. */
function isWrite({ service, method, query, caller }: Seen): boolean {
  return service === 's3' && method === 'PUT' && !query.has('retention') && caller !== undefined;
}

/** How many objects each stage writes, learned from a run that nothing disturbs. */
export function countWrites(cloud: Cloud): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  cloud.gateway.meet = (seen) => {
    if (isWrite(seen)) counts.set(seen.caller ?? '', (counts.get(seen.caller ?? '') ?? 0) + 1);
    return 'pass';
  };
  return counts;
}

/** When a function dies: at which of its writes, and whether that one still arrives. */
export interface Death {
  readonly write: number;
  readonly arrives: boolean;
}

/**
 * Kills each stage once, in the middle of its work; deliveries after that are left in peace.
 *
 * @param when decides at which write a stage dies
 * @returns the stages that were killed, in order
 */
export function killEachOnce(cloud: Cloud, when: (stage: StageName) => Death): readonly string[] {
  const killed: string[] = [];
  const writes = new Map<string, number>();
  cloud.gateway.meet = async (seen) => {
    const stage = STAGE_NAMES.find((name) => name === seen.caller);
    if (stage === undefined || !isWrite(seen) || killed.includes(stage)) return 'pass';
    const write = (writes.get(stage) ?? 0) + 1;
    writes.set(stage, write);
    const death = when(stage);
    if (write !== death.write) return 'pass';
    killed.push(stage);
    if (death.arrives) return { after: () => cloud.functions.kill(stage) };
    await cloud.functions.kill(stage);
    return 'lose the request';
  };
  return killed;
}

/**
 * S3 answers functions ill.
 *
 * @param fault decides what befalls a request; `nth` counts a function's own, from one
 * @returns how many requests something befell
 */
export function illS3(cloud: Cloud, fault: (seen: Seen, nth: number) => Fault): () => number {
  const counts = new Map<string, number>();
  let befallen = 0;
  cloud.gateway.meet = (seen) => {
    if (seen.service !== 's3' || seen.caller === undefined) return 'pass';
    const nth = (counts.get(seen.caller) ?? 0) + 1;
    counts.set(seen.caller, nth);
    const what = fault(seen, nth);
    if (what !== 'pass') befallen += 1;
    return what;
  };
  return () => befallen;
}

/** Nothing befalls anything any more. */
export function peace(cloud: Cloud): void {
  cloud.gateway.meet = () => 'pass';
  cloud.functions.deliver = (_service, _event, once) => once();
}
