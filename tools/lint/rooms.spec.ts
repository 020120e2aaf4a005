import { allowedRooms, allowedServerRooms, rooms, serverRooms } from './rooms.mjs';

describe('allowedRooms', () => {
  it('lets the first row see nothing but itself', () => {
    expect(allowedRooms('errors')).toEqual(['errors']);
  });

  it('hides a neighbour of the same row', () => {
    expect(allowedRooms('storage')).toEqual(['errors', 'core', 'config', 'platform', 'storage']);
  });

  it('shows the façade, and nothing behind it, to HTTP and router', () => {
    expect(allowedRooms('http')).toEqual(['errors', 'core', 'config', 'platform', 'session-service', 'http']);
  });

  it('lets the wiring name every implementation', () => {
    expect(allowedRooms('provide-session')).toEqual(rooms.filter((room) => room !== 'session-module'));
  });
});

describe('allowedServerRooms', () => {
  it('hides a neighbour of the same row', () => {
    expect(allowedServerRooms('store')).toEqual(['errors', 'model', 'platform', 'store']);
  });

  it('shows everything to the list of exports', () => {
    expect(allowedServerRooms('index')).toEqual(serverRooms);
  });
});
