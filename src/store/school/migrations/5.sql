-- When it was done, as a hybrid logical clock tells it: the text sorts as the deeds do, whichever way the wall clock jumped.
ALTER TABLE event ADD COLUMN stamp TEXT;
ALTER TABLE remark ADD COLUMN stamp TEXT;
