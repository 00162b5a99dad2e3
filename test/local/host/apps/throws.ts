throw new Error('CKEY_SETTING is missing. Set it.')
