!properties dbeaver-config/sqlline/sally.properties
!tables
ASK 'How many sites by country?';
