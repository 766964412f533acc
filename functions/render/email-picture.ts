import type { PrintJob } from './print-job.ts';

/** Pixels of the headline picture: for dense screens, and still under 200 KB in every language. */
const PIXELS = 1000;

/** Pixels of the cover in the archive of editions. */
const THUMBNAIL = 480;

/** The picture in the mail as it is shown where there is room, in CSS pixels. Its height follows `email/picture.hbs`. */
export const HEADLINE_PICTURE = { name: 'headline', width: 536, height: 772 } as const;

/** The pictures of an edition besides the cover's: the one in the mail, and the one in the archive. */
export const MAIL_PICTURES: PrintJob['pictures'] = [
  { name: 'cover-thumbnail', selector: '#cover', width: THUMBNAIL },
  { name: HEADLINE_PICTURE.name, selector: '#headline-picture', width: PIXELS },
];
