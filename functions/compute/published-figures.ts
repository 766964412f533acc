import { figuresArtefact } from './figures.ts';

/** Figures of an earlier edition. */
export const publishedFiguresArtefact = figuresArtefact;
