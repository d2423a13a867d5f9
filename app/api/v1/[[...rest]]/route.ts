import { nothingHere } from '~/lib/api/handle';

export const GET = nothingHere;
export const POST = nothingHere;
export const PATCH = nothingHere;
export const PUT = nothingHere;
export const DELETE = nothingHere;
