import { say } from '../sentences.ts';
import type { DownloadViews } from './download-tally.ts';
import { ENOUGH_LABELLED, labelledPart } from './indicators/downloads.ts';

/** Why a figure of makers' language models is partial: too many of their models do not say what they are. */
export function unlabelledReason(views: DownloadViews): string | null {
  return (labelledPart(views) ?? 1) < ENOUGH_LABELLED
    ? say('gap.unlabelled', { downloads: views.unlabelled })
    : null;
}
