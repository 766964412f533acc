import { say } from '../sentences.ts';
import type { DownloadViews } from './download-tally.ts';
import { share } from './share.ts';

/** Below this part of makers' own downloads with a known task, a figure of language models is called partial. */
export const ENOUGH_LABELLED = 0.95;

/** Of makers' own downloads that are or may be of language models, the part that is known to be. */
export function labelledPart({ publisher, unlabelled }: DownloadViews): number | null {
  const known = publisher.classified + publisher.unknown;
  return share(known, known + unlabelled);
}

/** Why a figure of makers' language models is partial: too many of their models do not say what they are. */
export function unlabelledReason(views: DownloadViews): string | null {
  return (labelledPart(views) ?? 1) < ENOUGH_LABELLED
    ? say('gap.unlabelled', { downloads: views.unlabelled })
    : null;
}
