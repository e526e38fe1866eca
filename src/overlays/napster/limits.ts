// What a Napster server and its clients remember and take of others at most, with its unit and its reason.

/** Users that are logged in at one server at the same time. */
export const MAX_USERS = 10_000;

/** Files of one user in the index. */
export const MAX_SHARED_FILES = 1_000;

/** Results of one search, as napster.txt has it. */
export const MAX_RESULTS = 100;

/** Characters of a nick, of a file name and of a search: one line of a list. */
export const MAX_NICK_CHARACTERS = 30;
export const MAX_NAME_CHARACTERS = 255;

/** Words looked at of one search or file name. */
export const MAX_WORDS = 32;

/** Bytes of a shared file: contents are made up when they are asked for. */
export const MAX_FILE_BYTES = 64 * 1024;

/** Bytes of a request between two clients: `GET`, a nick, a file name and an offset. */
export const MAX_REQUEST_BYTES = 512;

/** Connections of one client, and of the server, that are no users yet. */
export const MAX_STRANGERS = 64;
