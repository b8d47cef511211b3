package vn.sodiaban.fieldbook.outbox

import android.text.format.Formatter
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.CaseRow
import vn.sodiaban.fieldbook.core.Outbox
import vn.sodiaban.fieldbook.core.PhotoPolicy
import vn.sodiaban.fieldbook.core.Traffic
import vn.sodiaban.fieldbook.core.Trouble
import vn.sodiaban.fieldbook.shell.Go
import vn.sodiaban.fieldbook.shell.Place
import vn.sodiaban.fieldbook.ui.CallButton
import vn.sodiaban.fieldbook.ui.CaseCard
import vn.sodiaban.fieldbook.ui.ChoiceLine
import vn.sodiaban.fieldbook.ui.MainButton
import vn.sodiaban.fieldbook.ui.Notice
import vn.sodiaban.fieldbook.ui.Page
import vn.sodiaban.fieldbook.ui.ProblemBlock
import vn.sodiaban.fieldbook.ui.Reading
import vn.sodiaban.fieldbook.ui.SectionTitle
import vn.sodiaban.fieldbook.ui.Tone
import vn.sodiaban.fieldbook.ui.TrafficWords
import vn.sodiaban.fieldbook.words.sentence
import vn.sodiaban.fieldbook.words.words

@Composable
fun OutboxContent(
    state: OutboxState,
    onSend: () -> Unit,
    onPolicy: (PhotoPolicy) -> Unit,
    onRepair: (CaseRow) -> Unit,
    onDiscard: (CaseRow) -> Unit,
    onGo: Go,
    modifier: Modifier = Modifier,
) {
    val word = stringResource(if (state.work.isSending) R.string.common_sending else R.string.action_send_now)
    Page(
        title = stringResource(R.string.place_outbox),
        modifier = modifier,
        actions = { MainButton(word, onSend, isBusy = state.work.isSending) },
    ) {
        state.work.problem?.let { ProblemBlock(it, officePhone = state.officePhone) }
        when (val reading = state.outbox) {
            Reading.Loading -> Text(stringResource(R.string.common_loading))

            is Reading.Failed -> ProblemBlock(reading.problem, officePhone = state.officePhone)

            is Reading.Ready -> {
                val outbox = reading.value
                CannotGo(outbox.traffic.trouble, state.officePhone)
                Attention(outbox, onRepair, onDiscard, onGo)
                OnTheWay(outbox, onGo)
                MobileData(outbox.traffic, onPolicy)
                Figures(outbox.traffic)
            }
        }
    }
}

/** "Chưa gửi được": what a person can do something about. Having no network is usual. */
@Composable
private fun ColumnScope.CannotGo(trouble: Trouble?, officePhone: String?) {
    if (trouble == null || trouble.isUsual()) return
    SectionTitle(stringResource(R.string.screen_outbox_cannot_go))
    Notice(stringResource(trouble.sentence()), tone = Tone.LATE) {
        if (officePhone != null) CallButton(stringResource(R.string.action_call_office, officePhone), officePhone)
    }
}

/** Goes by itself. */
private fun Trouble.isUsual(): Boolean = this == Trouble.OFFLINE || this == Trouble.OFFICE_BUSY

@Composable
private fun ColumnScope.OnTheWay(outbox: Outbox, onGo: Go) {
    val goes = outbox.traffic.trouble?.isUsual() != false
    if (!goes && outbox.records.isEmpty() && outbox.photos.isEmpty()) return
    SectionTitle(stringResource(R.string.screen_outbox_on_the_way))
    if (goes) TrafficWords(outbox.traffic)
    outbox.records.forEach { row -> CaseCard(row, { onGo(Place.Case(row.id)) }) }
    outbox.photos.forEachIndexed { index, photo -> PhotoProgress(index + 1, photo.photo) }
}

@Composable
private fun ColumnScope.MobileData(traffic: Traffic, onPolicy: (PhotoPolicy) -> Unit) {
    SectionTitle(stringResource(R.string.screen_outbox_mobile))
    val context = LocalContext.current
    val size = Formatter.formatShortFileSize(context, traffic.photoBytesWaiting)
    ChoiceLine(
        stringResource(R.string.screen_outbox_text_only),
        traffic.photoPolicy == PhotoPolicy.TEXT_ONLY,
        { onPolicy(PhotoPolicy.TEXT_ONLY) },
    )
    ChoiceLine(
        stringResource(R.string.screen_outbox_everything),
        traffic.photoPolicy == PhotoPolicy.EVERYTHING,
        { onPolicy(PhotoPolicy.EVERYTHING) },
        more = if (traffic.photosWaiting > 0) stringResource(R.string.screen_outbox_would_cost, size) else null,
    )
}

@Composable
private fun ColumnScope.Figures(traffic: Traffic) {
    val used = Formatter.formatShortFileSize(LocalContext.current, traffic.bytesThisMonth)
    Text(stringResource(R.string.screen_outbox_month, used))
    val contact = traffic.lastContact?.words() ?: stringResource(R.string.screen_outbox_never)
    Text(stringResource(R.string.screen_outbox_contact, contact))
    if (traffic.waitingAtOffice >
        0
    ) {
        val waiting = traffic.waitingAtOffice
        Text(
            pluralStringResource(R.plurals.screen_outbox_at_office, waiting.toInt(), waiting),
            style = MaterialTheme.typography.bodySmall,
        )
    }
}
