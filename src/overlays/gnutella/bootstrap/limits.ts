/** Every bound on what a host cache, its clients or a file of hosts can make grow, with its unit and its reason. */

/** Bytes of a web cache's answer: the specification asks for about 20 hosts and 20 URLs, 3 KB in all. */
export const MAX_CACHE_ANSWER_BYTES = 64 * 1024;

/** Lines read of a web cache's answer. */
export const MAX_CACHE_ANSWER_LINES = 2_000;

/** Hosts kept of one web cache's answer: 25 times as many as the specification asks for. */
export const MAX_CACHE_HOSTS = 500;

/** URLs of other caches kept of one answer. */
export const MAX_CACHE_URLS = 100;

/** Warnings kept of one answer, each as long as a name may be (core/limits.ts). */
export const MAX_CACHE_WARNINGS = 8;

/** Characters of a cache's URL, in its canonical spelling. */
export const MAX_CACHE_URL_CHARACTERS = 256;

/** Characters of a request to our own cache that are read: three times an encoded URL fits beside all else. */
export const MAX_REQUEST_CHARACTERS = 2_048;

/** Characters of a cluster, all its keywords together: the bound of the version 2 specification. */
export const MAX_CLUSTER_CHARACTERS = 256;

/** Caches that a client knows at the same time: 40 runs of 5 requests each. */
export const MAX_KNOWN_CACHES = 200;

/** Caches of either kind that one search asks because others named them. */
export const MAX_LEARNED_REQUESTS = 5;

/** Hosts of one network that our own web cache keeps; it lists the 20 newest of them, as the specification asks. */
export const MAX_SERVED_HOSTS = 100;
export const MAX_LISTED_HOSTS = 20;

/** URLs of one network that our own web cache keeps and lists. */
export const MAX_SERVED_URLS = 20;
export const MAX_LISTED_URLS = 10;

/** Sources of updates that our own web cache remembers, some 100 bytes each; the longest unheard one is forgotten. */
export const MAX_UPDATE_SOURCES = 10_000;

/** Characters of one line of a file of hosts; gtk-gnutella reads 1,024 as well. */
export const MAX_HOST_LINE_CHARACTERS = 1_024;

/** Hosts read of one file; gtk-gnutella is content with a reserve of 1,024 (MIN_RESERVE_SIZE). */
export const MAX_FILE_HOSTS = 50_000;

/** Bytes read of one file of hosts: MAX_FILE_HOSTS lines of LimeWire, at 150 bytes each, and as much again. */
export const MAX_HOST_FILE_BYTES = 16 * 1024 * 1024;

/** Times of connections kept of one host of a LimeWire file; LimeWire itself keeps 3. */
export const MAX_CONNECTION_TIMES = 3;

/** Superpeers that our own UDP host cache keeps. */
export const MAX_POOL_HOSTS = 2_000;
