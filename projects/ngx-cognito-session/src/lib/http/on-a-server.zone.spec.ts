import './on-a-server.spec';
