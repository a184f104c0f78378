/** Hands a file that was made or fetched here to the person, under a name. */
export function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser has taken it by the next turn of its clock; older ones need longer.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
