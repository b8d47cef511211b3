package vn.sodiaban.fieldbook.saved

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.CaseKind
import vn.sodiaban.fieldbook.core.Network
import vn.sodiaban.fieldbook.core.PhotoPolicy
import vn.sodiaban.fieldbook.core.ReportPart
import vn.sodiaban.fieldbook.core.Sending
import vn.sodiaban.fieldbook.core.Status
import vn.sodiaban.fieldbook.ui.LineButton
import vn.sodiaban.fieldbook.ui.MainButton
import vn.sodiaban.fieldbook.ui.Page
import vn.sodiaban.fieldbook.ui.ProblemBlock
import vn.sodiaban.fieldbook.ui.Reading
import vn.sodiaban.fieldbook.ui.ReceiptBlock
import vn.sodiaban.fieldbook.ui.SectionTitle
import vn.sodiaban.fieldbook.ui.SideButton
import vn.sodiaban.fieldbook.words.word

/** The big tick: what was saved, that it is safe, when it goes, its receipt, and the way back. */
@Composable
fun SavedContent(
    state: SavedState,
    moreReceipts: List<String>,
    onUndo: () -> Unit,
    onOpen: () -> Unit,
    onDone: () -> Unit,
    modifier: Modifier = Modifier,
) = Page(
    title = stringResource(if (state.undo == Undo.TAKEN_BACK) R.string.saved_taken_back else R.string.saved_title),
    modifier = modifier,
    corner = { if (state.saved is Reading.Ready) Tick(isTakenBack = state.undo == Undo.TAKEN_BACK) },
    actions = {
        MainButton(stringResource(R.string.action_done), onDone)
        when (state.undo) {
            Undo.TO_FORM -> SideButton(stringResource(R.string.action_undo), onUndo)
            Undo.TAKE_BACK -> SideButton(stringResource(R.string.saved_take_back), onUndo)
            Undo.NONE, Undo.TAKEN_BACK -> Unit
        }
    },
) {
    when (val reading = state.saved) {
        Reading.Loading -> Text(stringResource(R.string.common_loading))

        is Reading.Failed -> ProblemBlock(reading.problem)

        is Reading.Ready -> {
            val (case, status) = reading.value
            Headline(case.row.kind, case.row.unit)
            state.problem?.let { ProblemBlock(it, officePhone = status.officePhone) }
            // The receipt comes first: large words leave room for little else above the buttons.
            case.row.receipt?.let { ReceiptBlock(it, case.row.sending) }
            Text(stringResource(R.string.saved_safe))
            if (state.undo != Undo.TAKEN_BACK) {
                Text(goes(case.row.sending, status), Modifier.semantics { liveRegion = LiveRegionMode.Polite })
            }
            case.row.receipt?.let { ReceiptCode(it, isForResident = case.row.kind == CaseKind.PETITION) }
            if (moreReceipts.isNotEmpty()) {
                SectionTitle(stringResource(R.string.saved_more_receipts))
                moreReceipts.forEach { Text(it, style = MaterialTheme.typography.titleMedium) }
            }
            case.report?.let { Numbers(it) }
            LineButton(stringResource(R.string.saved_open), onOpen)
        }
    }
}

@Composable
private fun Tick(isTakenBack: Boolean) {
    val colours = MaterialTheme.colorScheme
    val (paper, icon) = if (isTakenBack) colours.outline to R.drawable.ic_close else colours.primary to R.drawable.ic_check
    Box(Modifier.padding(top = 8.dp).size(72.dp).background(paper, CircleShape), Alignment.Center) {
        Icon(painterResource(icon), null, Modifier.size(52.dp), colours.onPrimary)
    }
}

/** What was saved; read out as soon as it is there. */
@Composable
private fun Headline(kind: CaseKind, unit: String) = Text(
    stringResource(R.string.common_kind_in_unit, stringResource(kind.word()), unit),
    Modifier.semantics { liveRegion = LiveRegionMode.Assertive },
    style = MaterialTheme.typography.titleMedium,
)

/** The receipt as a QR code: at once for a resident, else when asked for. */
@Composable
private fun ReceiptCode(receipt: String, isForResident: Boolean) {
    var isCodeShown by rememberSaveable { mutableStateOf(isForResident) }
    if (isCodeShown) {
        QrCode(receipt, stringResource(R.string.saved_qr_of, receipt), Modifier.fillMaxWidth())
    } else {
        LineButton(stringResource(R.string.saved_show_qr), { isCodeShown = true })
    }
}

/** The numbers of a report, counted from the records when it was saved. */
@Composable
private fun Numbers(report: ReportPart) {
    SectionTitle(stringResource(R.string.report_numbers))
    report.numbers.forEach { number ->
        Row(Modifier.fillMaxWidth(), Arrangement.spacedBy(16.dp)) {
            Text(stringResource(number.what.word()), Modifier.weight(1f))
            Text(number.count.toString(), style = MaterialTheme.typography.titleSmall)
        }
    }
}

/** When it goes, or that it arrived. */
@Composable
private fun goes(sending: Sending, status: Status): String {
    val traffic = status.traffic
    val waitsForWifi = traffic.network == Network.METERED && traffic.photoPolicy == PhotoPolicy.TEXT_ONLY
    val words = when (sending) {
        Sending.Received -> R.string.saved_received

        is Sending.Refused, Sending.Held, Sending.Discarded -> R.string.saved_refused

        is Sending.TextSent -> if (waitsForWifi) R.string.saved_photos_wait else R.string.saved_photos_going

        is Sending.CanUndo, Sending.Waiting -> when {
            status.practice -> R.string.common_practice
            traffic.network == Network.NO_NETWORK -> R.string.saved_goes_later
            else -> R.string.saved_goes_soon
        }
    }
    return stringResource(words)
}
