/** Runs once when the web server boots. The condition keeps Node's own modules out of the edge bundle. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { checkConfiguration, checkStart } = await import('~/lib/boot');
    checkConfiguration();
    await checkStart();
  }
}
