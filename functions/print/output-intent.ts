import { PDFArray, type PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib';
import { srgbProfile } from './srgb-profile.ts';

/** Says in which colours the pages' numbers are meant: those of screens, whose profile travels along. */
export function setOutputIntent({ catalog, context }: PDFDocument): void {
  const profile = context.flateStream(srgbProfile(), { N: 3 });
  const intent = context.obj({
    Type: 'OutputIntent',
    S: 'GTS_PDFA1',
    OutputConditionIdentifier: PDFString.of('sRGB'),
    RegistryName: PDFString.of('http://www.color.org'),
    Info: PDFString.of('sRGB IEC61966-2.1'),
    DestOutputProfile: context.register(profile),
  });
  const intents = PDFArray.withContext(context);
  intents.push(context.register(intent));
  catalog.set(PDFName.of('OutputIntents'), intents);
}
