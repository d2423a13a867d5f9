/** What a role without `people:reveal` sees of a person's e-mail: first letter and domain. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  if (at < 1) return '•'.repeat(email.length);
  return email.slice(0, 1) + '•'.repeat(at - 1) + email.slice(at);
}

/** What a role without `people:reveal` sees of a person's phone: its last two digits. */
export function maskPhone(phone: string): string {
  return phone.slice(0, -2).replace(/\d/g, '•') + phone.slice(-2);
}
