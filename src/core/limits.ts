/** Every bound on what a remote peer or a file can make grow, with its unit and its reason. What a simulated servent reads of a stranger is bounded as its original does it: see its folder in src/overlays. */

/** Bytes of one handshake block. Servents without a limit of their own (LimeWire) list up to some hundred leaves; 5,000 entries of 22 bytes fit. */
export const MAX_HANDSHAKE_BYTES = 128 * 1024;

/** Bytes of one physical header line: `Peers` and `Leaves` come as one line each, so it may nearly fill the block. */
export const MAX_HEADER_LINE_BYTES = MAX_HANDSHAKE_BYTES;

/** Header lines of one block; gtk-gnutella refuses more than 128, real answers have about 25. */
export const MAX_HEADER_LINES = 256;

/** Entries kept of one address list (`Peers`, `Leaves`, `X-Try…`): gtk-gnutella allows up to 5,000 leaves. */
export const MAX_LISTED_ADDRESSES = 6_000;

/** Characters kept of a name that a peer gives itself (User-Agent) and of its status reason. */
export const MAX_NAME_CHARACTERS = 200;

/** A listing of more characters may have been cut off: gtk-gnutella stops 32 bytes before 8,192 and says nothing. */
export const TRUNCATION_SUSPECT_CHARACTERS = 8_000;

/** Addresses that a crawl may come to know: some 100 bytes each, and one answer may bring thousands. */
export const MAX_KNOWN_ADDRESSES = 16_000_000;

/**
 * Connections that a simulated overlay holds open at the same time: as many as a crawl does (10,000), and those that it has ended
 * and nobody has cleared away yet.
 */
export const MAX_HOST_CONNECTIONS = 16_000;

/** Characters of one line of a topology file: ids are short; a longer line is not a list of links. */
export const MAX_LINE_CHARACTERS = 64 * 1024;

/** Links of one topology: rows from both ends of so many have places that still fit into 32 bits. */
export const MAX_LINKS = 2 ** 31 - 1;

/** Characters of a file that is read as a whole (JSON, DOT): a text of the engine cannot be longer than about this. */
export const MAX_TEXT_CHARACTERS = 500_000_000;

/** Characters of one tag, attribute or text of an XML file: ids and words are short, and the parser keeps it all. */
export const MAX_XML_PIECE_CHARACTERS = 1 << 20;

/** How deep elements of an XML file may be inside of each other: GraphML and GEXF have less than ten levels, groups in groups a few more. */
export const MAX_XML_DEPTH = 256;

/** Vertices of a Pajek file that it only counts and does not list: a few digits would ask for any number of peers. */
export const MAX_UNLISTED_VERTICES = 10_000_000;

/** How deep groups of a DOT file may be inside of each other. */
export const MAX_DOT_DEPTH = 256;

/** Links that groups of a DOT file may make: `{…} -- {…}` joins each with each, so that a few lines would ask for any number. */
export const MAX_DOT_GROUP_LINKS = 10_000_000;

/** Bytes of a config file: some dozen settings, with room to spare. */
export const MAX_CONFIG_BYTES = 64 * 1024;

/** Bytes of a Parquet file, unzipped: it is read as a whole, by a process of its own. */
export const MAX_PARQUET_BYTES = 2 ** 31 - 1;

/** Bytes of a page of a Parquet file, unpacked: pages are made with about one megabyte, or with a whole row group. */
export const MAX_PARQUET_PAGE_BYTES = 2 ** 30;

/** Rows of a row group of a Parquet file: usual are up to a million; the array of a column has no room for many more. */
export const MAX_PARQUET_GROUP_ROWS = 2 ** 26;

/**
 * Bytes of memory to unpack a Parquet file with, for each of its own bytes: a text of few bytes becomes two objects with their
 * heads while its page is taken apart. A column of few different values takes next to none in the file, hence the least. More than
 * the most is of no use: arrays end before.
 */
export const PARQUET_MEMORY = { perByte: 64, least: 2 ** 29, most: 2 ** 33 } as const;

/**
 * Seconds that unpacking a Parquet file may take: generous, since the machine may be slow and busy, and whoever has a damaged
 * file waits no longer than this.
 */
export const PARQUET_SECONDS = { perMegabyte: 2, least: 20 } as const;
