package vn.sodiaban.fieldbook.ui

import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.Sending

/** Where a record is on its way to the office. */
@Composable
fun SendingChip(sending: Sending, modifier: Modifier = Modifier) = when (sending) {
    is Sending.CanUndo, Sending.Waiting -> StatusChip(stringResource(R.string.sending_waiting), Tone.CALM, modifier)

    is Sending.TextSent ->
        StatusChip(stringResource(R.string.sending_text_sent, sending.photosSent, sending.photos), Tone.SOON, modifier)

    Sending.Received -> StatusChip(stringResource(R.string.sending_received), Tone.GOOD, modifier)

    is Sending.Refused -> StatusChip(stringResource(R.string.sending_refused), Tone.DANGER, modifier)

    Sending.Held -> StatusChip(stringResource(R.string.sending_held), Tone.LATE, modifier)

    Sending.Discarded -> StatusChip(stringResource(R.string.sending_discarded), Tone.CALM, modifier)
}
