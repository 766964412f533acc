import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFRawStream,
  PDFString,
} from '@cantoo/pdf-lib';
import type { Check } from '../compute/figures.ts';
import { judged, unless } from './pdf-judged.ts';
import { readXmp } from './pdf-xmp.ts';

const name = PDFName.of;

/** What the file says of itself as a whole. */
export function fileRules(document: PDFDocument, bytes: Uint8Array): Check[] {
  return [
    stamped(document),
    metadataAgrees(document),
    written(document, bytes),
    coloured(document),
    described(document),
    attached(document),
  ];
}

function stamped({ catalog }: PDFDocument): Check {
  const xmp = readXmp(metadataOf(catalog));
  const expected = { 'pdfaid:part': '3', 'pdfaid:conformance': 'U', 'pdfuaid:part': '1' };
  return judged(
    'conformance-stamp',
    'An archive or a screen reader that is not told the standards does not know what it may rely on.',
    [
      ...unless(xmp.wellFormed, 'its metadata is missing, or not XML'),
      ...Object.entries(expected).flatMap(([key, value]) =>
        unless(
          xmp.values.get(key) === value,
          `${key} is ${xmp.values.get(key) ?? 'not said'}, expected ${value}`,
        ),
      ),
      ...xmp.undeclared.map((property) => `${property} belongs to no schema that is declared`),
    ],
    'PDF/A-3u and PDF/UA-1',
  );
}

/** Properties said twice, in the old dictionary and in the metadata, by either's name. */
const SAID_TWICE = {
  Title: 'dc:title',
  Author: 'dc:creator',
  Subject: 'dc:description',
  Keywords: 'pdf:Keywords',
  Producer: 'pdf:Producer',
  Creator: 'xmp:CreatorTool',
  CreationDate: 'xmp:CreateDate',
  ModDate: 'xmp:ModifyDate',
};

function metadataAgrees({ catalog, context }: PDFDocument): Check {
  const info = context.lookup(context.trailerInfo.Info);
  const xmp = readXmp(metadataOf(catalog)).values;
  const wrong = Object.entries(SAID_TWICE).flatMap(([key, property]) => {
    const old = info instanceof PDFDict ? textAt(info, key) : undefined;
    if (old === undefined) return [];
    const said = xmp.get(property) ?? '';
    const same = key.endsWith('Date') ? momentOf(old) === Date.parse(said) : old === said;
    return unless(same, `${key} is “${old.slice(0, 60)}”, ${property} “${said.slice(0, 60)}”`);
  });
  return judged(
    'metadata-agrees',
    'Properties that say otherwise than the metadata make two documents of one in a catalogue.',
    wrong,
    'both say the same',
  );
}

/** `D:20260822000521Z`, in milliseconds. */
function momentOf(date: string): number {
  const [, year, month, day, hour, minute, second] =
    /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z/.exec(date) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function written({ context, catalog }: PDFDocument, bytes: Uint8Array): Check {
  const { ID, Encrypt } = context.trailerInfo;
  const ids = context.lookup(ID);
  return judged(
    'written-to-last',
    'A file that is encrypted, runs scripts or has no identifier cannot be kept.',
    [
      ...unless(
        Buffer.from(bytes.subarray(0, 8)).toString('latin1') === '%PDF-1.7',
        'it is not of version 1.7',
      ),
      ...unless(Encrypt === undefined, 'it is encrypted'),
      ...unless(ids instanceof PDFArray && ids.size() === 2, 'it has no identifier'),
      ...['OpenAction', 'AA', 'NeedsRendering'].flatMap((key) =>
        unless(!catalog.has(name(key)), `it has ${key}`),
      ),
      ...unless(
        !context
          .enumerateIndirectObjects()
          .some(([, one]) => one instanceof PDFDict && String(one.get(name('S'))) === '/JavaScript'),
        'it has a script',
      ),
    ],
    'version 1.7, with its identifier',
  );
}

function coloured({ catalog }: PDFDocument): Check {
  const intents = catalog.lookupMaybe(name('OutputIntents'), PDFArray);
  const intent = intents?.lookupMaybe(0, PDFDict);
  const profile = intent?.lookup(name('DestOutputProfile'));
  return judged(
    'output-intent',
    'Without the profile of its colours, red and blue are whatever a device takes them for.',
    [
      ...unless(String(intent?.get(name('S'))) === '/GTS_PDFA1', 'it has no output intent'),
      ...unless(
        profile instanceof PDFRawStream && String(profile.dict.get(name('N'))) === '3',
        'the output intent has no profile of three colours',
      ),
    ],
    'with the profile of its colours',
  );
}

function described({ catalog }: PDFDocument): Check {
  const preferences = catalog.lookupMaybe(name('ViewerPreferences'), PDFDict);
  const marks = catalog.lookupMaybe(name('MarkInfo'), PDFDict);
  return judged(
    'document-described',
    'Without these a reader shows the file’s name for its title, and a screen reader guesses its language and its tags.',
    [
      ...unless(
        String(preferences?.get(name('DisplayDocTitle'))) === 'true',
        'its title is not to be displayed',
      ),
      ...unless(String(marks?.get(name('Marked'))) === 'true', 'it does not say that it is tagged'),
      ...unless(String(marks?.get(name('Suspects'))) !== 'true', 'its tags are suspect'),
      ...unless((textAt(catalog, 'Lang') ?? '') !== '', 'it has no language'),
    ],
    'title, tags and language',
  );
}

const RELATIONS = ['Source', 'Data', 'Alternative', 'Supplement', 'Unspecified'];

function attached({ catalog, context }: PDFDocument): Check {
  const associated = new Set(
    catalog
      .lookupMaybe(name('AF'), PDFArray)
      ?.asArray()
      .map((one) => context.lookup(one)),
  );
  const files = context
    .enumerateIndirectObjects()
    .flatMap(([, one]) => (one instanceof PDFDict && one.has(name('EF')) ? [one] : []));
  const wrong = files.flatMap((file) => {
    const called = textAt(file, 'UF') ?? textAt(file, 'F') ?? 'a file';
    const body = file.lookupMaybe(name('EF'), PDFDict)?.lookup(name('F'));
    const dict = body instanceof PDFRawStream ? body.dict : undefined;
    const relation = String(file.get(name('AFRelationship'))).slice(1);
    return [
      ...unless(file.has(name('F')) && file.has(name('UF')), `${called} has only one of its two names`),
      ...unless(RELATIONS.includes(relation), `${called} does not say what it is to the document`),
      ...unless(associated.has(file), `${called} is not associated with the document`),
      ...unless(dict?.has(name('Subtype')) === true, `${called} does not say its type`),
      ...unless(
        dict?.lookupMaybe(name('Params'), PDFDict)?.has(name('ModDate')) === true,
        `${called} does not say its date`,
      ),
    ];
  });
  return judged(
    'attachments-related',
    'A file inside that does not say what it is to the document is baggage to an archive.',
    wrong,
    `${files.length} files, each with its relation`,
  );
}

function metadataOf(catalog: PDFDict): string {
  const stream = catalog.lookup(name('Metadata'));
  return stream instanceof PDFRawStream ? new TextDecoder().decode(stream.contents) : '';
}

function textAt(dictionary: PDFDict, key: string): string | undefined {
  const text = dictionary.lookup(name(key));
  return text instanceof PDFString || text instanceof PDFHexString ? text.decodeText() : undefined;
}
