import type { Base } from './source.ts';

/** Where OpenRouter is asked, whichever of its data it is about. */
export const OPENROUTER: Base = { variable: 'OPENROUTER_BASE_URL', url: 'https://openrouter.ai/api/v1' };
