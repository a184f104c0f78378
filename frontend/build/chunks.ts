// How the scripts are cut: a file for each icon would keep a slow line busy with asking.

export const chunks = { groups: [{ name: 'icons', test: /lucide-react/, minShareCount: 2 }] };
