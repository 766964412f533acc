/**
 * Whether accepted pages hold here. Pixels are promised on Linux on x86-64 alone, where the browser that comes with the
 * program prints; elsewhere an installed Chrome lays out lines of its own.
 */
export const isPlatformOfBaseline = process.platform === 'linux' && process.arch === 'x64';

/** What is said where it does not hold. */
export const OTHER_PLATFORM = `Pages are compared pixel by pixel on Linux on x86-64 alone, where they were accepted; this is ${process.platform} on ${process.arch}.`;
