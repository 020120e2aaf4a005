import { commandsIn } from './commands-in';

it('commandsIn finds the words of each command, and no comment', () => {
  const page = '```sh\nnpm ci # installs\n# nothing\nnpm test\n```\n\n```ts\nconst a = 1;\n```\n';

  expect(commandsIn(page)).toEqual([
    ['npm', 'ci'],
    ['npm', 'test'],
  ]);
});
