import { createServer } from 'node:http';

/** The adapter for Node owns the sockets, and what Node has. */
export const server = createServer(() => Buffer.from(''));
