import './several-user-pools.spec';
