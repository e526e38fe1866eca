import { BEHAVIOURS } from '../core/behaviour.ts';
import { EVIDENCES, RELATIONS, ROLES } from '../core/claims.ts';
import { OUTCOMES } from '../core/outcome.ts';
import { LISTINGS } from '../core/visit.ts';
import { DOUBTS } from './doubt/doubts.ts';
import { REPORTERS } from './rows.ts';

/**
 * The description that makes a snapshot directory a Frictionless Data Package (https://specs.frictionlessdata.io); a truth
 * may have tables of sessions besides.
 */
export function dataPackage(
  has: { readonly sessions?: boolean; readonly linkSessions?: boolean } = {},
): unknown {
  return {
    name: 'peerscope-snapshot',
    resources: [
      {
        name: 'peers',
        path: 'peers.csv',
        format: 'csv',
        encoding: 'utf-8',
        schema: {
          primaryKey: 'id',
          fields: [
            { name: 'id', type: 'string', description: 'canonical address' },
            { name: 'address', type: 'string' },
            { name: 'role', type: 'string', constraints: { enum: ROLES } },
            { name: 'agent', type: 'string', description: 'the name that the servent gives itself' },
            { name: 'outcome', type: 'string', constraints: { enum: OUTCOMES } },
            { name: 'respondent', type: 'boolean', description: 'the peer itself answered' },
            {
              name: 'listing',
              type: 'string',
              description: 'what its answer could tell: all links, or those among superpeers only',
              constraints: { enum: LISTINGS },
            },
            { name: 'truncated', type: 'boolean', description: 'its listing may have been cut off' },
            { name: 'live_since', type: 'datetime', description: 'start of the servent, as it says' },
            { name: 'first_seen', type: 'datetime' },
            { name: 'last_seen', type: 'datetime' },
            {
              name: 'doubt',
              type: 'string',
              description: 'why there may be no such peer',
              constraints: { enum: DOUBTS },
            },
          ],
        },
      },
      {
        name: 'links',
        path: 'links.csv',
        format: 'csv',
        encoding: 'utf-8',
        schema: {
          primaryKey: ['source', 'target'],
          foreignKeys: ['source', 'target'].map((fields) => ({
            fields,
            reference: { resource: 'peers', fields: 'id' },
          })),
          fields: [
            { name: 'source', type: 'string' },
            { name: 'target', type: 'string' },
            { name: 'relation', type: 'string', constraints: { enum: RELATIONS } },
            { name: 'evidence', type: 'string', constraints: { enum: EVIDENCES } },
            { name: 'reported_by', type: 'string', constraints: { enum: REPORTERS } },
          ],
        },
      },
      ...(has.sessions === true ? [SESSIONS] : []),
      ...(has.linkSessions === true ? [LINK_SESSIONS] : []),
    ],
  };
}

const TIMES = [
  { name: 'start', type: 'datetime' },
  { name: 'end', type: 'datetime', description: 'empty where it still went on' },
];

const SESSIONS = {
  name: 'sessions',
  path: 'sessions.csv',
  format: 'csv',
  encoding: 'utf-8',
  schema: {
    fields: [
      { name: 'id', type: 'string' },
      { name: 'role', type: 'string', constraints: { enum: ROLES } },
      { name: 'behaviour', type: 'string', constraints: { enum: BEHAVIOURS } },
      ...TIMES,
    ],
  },
};

const LINK_SESSIONS = {
  name: 'link_sessions',
  path: 'link_sessions.csv',
  format: 'csv',
  encoding: 'utf-8',
  schema: {
    fields: [
      { name: 'source', type: 'string' },
      { name: 'target', type: 'string' },
      { name: 'relation', type: 'string', constraints: { enum: RELATIONS } },
      ...TIMES,
    ],
  },
};
