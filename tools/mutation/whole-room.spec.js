// Every spec of the room in one file: a mutant pays for one start of the page and of Angular instead of forty.
const { readdirSync } = require('node:fs');
const { resolve } = require('node:path');
const rooms = require('./rooms.cjs');

const folder = resolve(rooms[process.env.MUTATION_ROOM].specs);

const specs = readdirSync(folder, { recursive: true })
  // What is about a document of this repository tells nothing of the code, and the page of all is not one of https.
  .filter((file) => file.endsWith('.spec.ts') && !/(-page|\.https)\.spec\.ts$/.test(file))
  .sort();

for (const spec of specs)
  describe(spec, () => {
    require(resolve(folder, spec));
  });
