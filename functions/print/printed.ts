import { binaryArtefact } from '../archive/artefact.ts';

export const pdfArtefact = binaryArtefact('PDF', '%PDF-');
export const pngArtefact = binaryArtefact('picture', '\x89PNG\r\n\x1a\n');
