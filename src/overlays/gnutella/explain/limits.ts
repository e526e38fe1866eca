/** Bytes that a deflated capture may inflate to: a person reads it, and 64 MiB are three million Pings. */
export const MAX_INFLATED_CAPTURE_BYTES = 64 * 1024 * 1024;

/** Bytes of a deflated capture that are inflated at a time, so that a bomb is never held at once. */
export const INFLATED_SLICE_BYTES = 16 * 1024;
