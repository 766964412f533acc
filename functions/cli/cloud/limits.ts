/** In milliseconds: until the connection stands, and until an answer comes; the slowest, a cold function, takes seconds. */
export const LIMITS = { connectionTimeout: 5_000, requestTimeout: 60_000, throwOnRequestTimeout: true };
