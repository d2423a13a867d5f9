'use server';

import { z } from 'zod';
import { operatorAction } from '~/lib/action';
import { fillWithCompany } from '~/lib/overview/company';

export const fillWithCompanyAction = operatorAction(z.object({}), fillWithCompany);
