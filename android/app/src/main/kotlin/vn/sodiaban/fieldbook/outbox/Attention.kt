package vn.sodiaban.fieldbook.outbox

import android.text.format.Formatter
import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.LinearProgressIndicator
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.Attention
import vn.sodiaban.fieldbook.core.AttentionLine
import vn.sodiaban.fieldbook.core.CaseRow
import vn.sodiaban.fieldbook.core.Outbox
import vn.sodiaban.fieldbook.core.PhotoLine
import vn.sodiaban.fieldbook.core.PhotoSending
import vn.sodiaban.fieldbook.shell.Go
import vn.sodiaban.fieldbook.shell.Place
import vn.sodiaban.fieldbook.ui.LineButton
import vn.sodiaban.fieldbook.ui.SectionTitle
import vn.sodiaban.fieldbook.ui.SideButton
import vn.sodiaban.fieldbook.ui.StatusChip
import vn.sodiaban.fieldbook.ui.Tone
import vn.sodiaban.fieldbook.words.sentence
import vn.sodiaban.fieldbook.words.word

/** Cần xử lý: what came back, why, and the way to put it right. */
@Composable
internal fun ColumnScope.Attention(outbox: Outbox, onRepair: (CaseRow) -> Unit, onDiscard: (CaseRow) -> Unit, onGo: Go) {
    if (outbox.attention.isEmpty()) return
    SectionTitle(stringResource(R.string.screen_outbox_attention))
    outbox.attention.forEach { line ->
        Surface(
            Modifier.fillMaxWidth(),
            shape = MaterialTheme.shapes.medium,
            border = BorderStroke(2.dp, MaterialTheme.colorScheme.error),
        ) {
            Column(Modifier.padding(16.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
                AttentionWords(line)
                AttentionTasks(line, onRepair, onDiscard, onGo)
            }
        }
    }
}

@Composable
private fun ColumnScope.AttentionWords(line: AttentionLine) {
    val row = line.row
    val (chip, reason) = when (val what = line.what) {
        is Attention.Refused -> R.string.sending_refused to stringResource(what.code.sentence())
        is Attention.Returned -> R.string.state_returned to what.reason
        Attention.PhotoRejected -> R.string.screen_outbox_photo_rejected to stringResource(R.string.screen_outbox_photo_again)
    }
    StatusChip(stringResource(chip), Tone.DANGER)
    val kind = stringResource(row.petitionKind?.word() ?: row.kind.word())
    Text(stringResource(R.string.common_kind_in_unit, kind, row.unit), style = MaterialTheme.typography.bodySmall)
    Text(row.text.ifEmpty { stringResource(R.string.common_no_text) }, style = MaterialTheme.typography.titleSmall)
    if (reason.isNotEmpty()) Text(stringResource(R.string.screen_outbox_reason, reason))
    if (line.held >
        0
    ) {
        Text(pluralStringResource(R.plurals.screen_outbox_held, line.held, line.held), style = MaterialTheme.typography.bodySmall)
    }
}

@Composable
private fun ColumnScope.AttentionTasks(line: AttentionLine, onRepair: (CaseRow) -> Unit, onDiscard: (CaseRow) -> Unit, onGo: Go) {
    var asks by rememberSaveable(line.row.id) { mutableStateOf(false) }
    if (line.canRepair) {
        SideButton(stringResource(R.string.screen_outbox_repair), { onRepair(line.row) })
    } else {
        SideButton(stringResource(R.string.screen_outbox_open), { onGo(Place.Case(line.row.id)) })
    }
    // Giving up cannot be undone, so it is asked once more.
    if (line.canRepair && !asks) LineButton(stringResource(R.string.screen_outbox_discard), { asks = true })
    if (asks) {
        Text(stringResource(R.string.screen_outbox_discard_hint))
        SideButton(stringResource(R.string.screen_outbox_discard_yes), {
            asks = false
            onDiscard(line.row)
        })
        LineButton(stringResource(R.string.action_keep), { asks = false })
    }
}

/** How far a picture is on its way. */
@Composable
internal fun PhotoProgress(number: Int, photo: PhotoLine) {
    val context = LocalContext.current
    val size = Formatter.formatShortFileSize(context, photo.bytes)
    Column(Modifier.semantics(mergeDescendants = true) {}, verticalArrangement = Arrangement.spacedBy(4.dp)) {
        when (val sending = photo.sending) {
            is PhotoSending.Sending -> {
                val sent = Formatter.formatShortFileSize(context, sending.sent)
                Text(stringResource(R.string.screen_outbox_photo_sending, number, sent, size))
                LinearProgressIndicator({ sending.sent.toFloat() / photo.bytes.coerceAtLeast(1) }, Modifier.fillMaxWidth())
            }

            PhotoSending.Waiting -> Text(stringResource(R.string.screen_outbox_photo_waiting, number, size))

            PhotoSending.Rejected -> Text(stringResource(R.string.screen_outbox_photo_refused, number))

            PhotoSending.Received, PhotoSending.NotOurs -> Text(stringResource(R.string.screen_outbox_photo_received, number))
        }
    }
}
