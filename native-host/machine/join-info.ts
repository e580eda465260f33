/** The key with a subkey for each organisation that this PC is joined to; documented nowhere, and common practice. */
export const JOIN_INFO = 'SYSTEM\\CurrentControlSet\\Control\\CloudDomainJoin\\JoinInfo';
