package vn.sodiaban.fieldbook.ui

import android.content.Intent
import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import androidx.core.net.toUri
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.words.sentence

/** What went wrong, what to do, and whom to call. Read out as soon as it appears. */
@Composable
fun ProblemBlock(
    problem: FieldbookException,
    modifier: Modifier = Modifier,
    officePhone: String? = null,
    onAgain: (() -> Unit)? = null,
) {
    Notice(stringResource(problem.sentence()), modifier, problem.tone()) {
        if (officePhone != null) CallButton(stringResource(R.string.action_call_office, officePhone), officePhone)
        if (onAgain != null) LineButton(stringResource(R.string.action_try_again), onAgain)
    }
}

/** In place of a page that could not be read, with the way to try again where the thumb is. */
@Composable
fun FailedPage(problem: FieldbookException, onAgain: () -> Unit, onBack: () -> Unit, modifier: Modifier = Modifier) =
    Page(title = "", modifier = modifier, onBack = onBack, actions = { AgainButton(onAgain) }) { ProblemBlock(problem) }

@Composable
fun AgainButton(onAgain: () -> Unit, modifier: Modifier = Modifier) =
    MainButton(stringResource(R.string.action_try_again), onAgain, modifier)

/** Having no network is usual; without room on the phone something may be lost. */
private fun FieldbookException.tone(): Tone = when (this) {
    is FieldbookException.Offline -> Tone.CALM

    is FieldbookException.StorageFull -> Tone.DANGER

    is FieldbookException.Internal, is FieldbookException.Invalid, is FieldbookException.Rejected,
    is FieldbookException.SignInAgain, is FieldbookException.UpdateApp,
    -> Tone.LATE
}

/** Something to know before going on. Calm, it is grey; else it has the colour and the shape of its tone. */
@Composable
fun Notice(text: String, modifier: Modifier = Modifier, tone: Tone = Tone.CALM, more: @Composable () -> Unit = {}) {
    val colours = MaterialTheme.colorScheme
    val isCalm = tone == Tone.CALM
    Surface(
        modifier.fillMaxWidth().semantics { liveRegion = LiveRegionMode.Polite },
        shape = MaterialTheme.shapes.medium,
        color = if (isCalm) colours.surfaceVariant else tone.paper,
        contentColor = if (isCalm) colours.onSurface else tone.ink,
        border = if (isCalm) BorderStroke(1.dp, colours.outline) else BorderStroke(2.dp, tone.ink),
    ) {
        Column(Modifier.padding(16.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
            if (isCalm) {
                Text(text)
            } else {
                Row(horizontalArrangement = Arrangement.spacedBy(12.dp), verticalAlignment = Alignment.CenterVertically) {
                    ToneMark(tone)
                    Text(text)
                }
            }
            more()
        }
    }
}

/** Opens the telephone with this number; the person still presses "call". */
@Composable
fun CallButton(text: String, number: String, modifier: Modifier = Modifier) {
    val context = LocalContext.current
    val isLarge = areWordsLarge()
    // A number is not broken across lines, unless a line cannot hold it: then between its groups.
    val shown = if (isLarge) text else text.replace(number, number.replace(' ', '\u00A0'))
    SideButton(
        text = shown,
        onClick = { context.startActivity(Intent(Intent.ACTION_DIAL, "tel:$number".toUri())) },
        modifier = modifier,
        icon = R.drawable.ic_phone.takeUnless { isLarge },
    )
}
