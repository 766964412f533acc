/** A bucket and the prefix in it of an archive's URL, `s3://bucket/prefix/`. */
export function inBucket(url: string): { readonly bucket: string; readonly prefix: string } {
  const [, bucket = '', prefix = ''] = /^s3:\/\/([^/]+)\/(.*)$/.exec(url) ?? [];
  return { bucket, prefix };
}
