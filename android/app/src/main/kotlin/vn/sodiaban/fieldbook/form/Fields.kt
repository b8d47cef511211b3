package vn.sodiaban.fieldbook.form

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.foundation.text.input.TextFieldLineLimits
import androidx.compose.foundation.text.input.TextFieldState
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.material3.TextFieldLabelPosition
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.error
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.KeyboardCapitalization
import androidx.compose.ui.unit.dp
import java.time.Instant
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.MyPost
import vn.sodiaban.fieldbook.ui.LineButton
import vn.sodiaban.fieldbook.ui.Notice
import vn.sodiaban.fieldbook.ui.Tone
import vn.sodiaban.fieldbook.ui.fieldColours
import vn.sodiaban.fieldbook.words.sentence
import vn.sodiaban.fieldbook.words.words

/**
 * A field for text. It shows what is typed from itself, so that a keyboard that composes Vietnamese is never overtaken; another
 * `edition` of the form fills it anew.
 */
@Composable
fun TextBox(
    label: String,
    text: String,
    edition: Int,
    onType: (String) -> Unit,
    modifier: Modifier = Modifier,
    fault: String? = null,
    lines: Int = 1,
) {
    val typed = remember(edition) { TextFieldState(text) }
    val told by rememberUpdatedState(onType)
    OutlinedTextField(
        state = typed,
        modifier = modifier.fillMaxWidth().semantics { if (fault != null) error(fault) },
        labelPosition = TextFieldLabelPosition.Above(),
        label = { Text(label, style = MaterialTheme.typography.titleSmall) },
        supportingText = if (fault == null) null else ({ Text(fault, style = MaterialTheme.typography.bodyLarge) }),
        isError = fault != null,
        // Nothing is transformed: it is told at once, so that no word is left behind when the page goes with the same tap.
        inputTransformation = { told(asCharSequence().toString()) },
        keyboardOptions = KeyboardOptions(capitalization = KeyboardCapitalization.Sentences),
        lineLimits = TextFieldLineLimits.MultiLine(minHeightInLines = lines),
        colors = fieldColours(),
    )
}

/** What is wrong with a field, in the words that stand on top of the page and beside the field alike. */
@Composable
fun faultWords(label: String, fault: FormFault): String = stringResource(R.string.form_fault, label, stringResource(fault.fault.sentence()))

/** On top of a page that a person was sent back to. */
@Composable
fun FaultSummary(label: String, fault: FormFault, modifier: Modifier = Modifier) =
    Notice(faultWords(label, fault), modifier, Tone.LATE)

/** What came back after the app was ended, and from when. */
@Composable
fun RestoredNotice(keptAt: Instant, modifier: Modifier = Modifier) =
    Notice(stringResource(R.string.form_restored, keptAt.words()), modifier)

/** "Đã bỏ", with the way back. */
@Composable
fun RemovedNotice(onUndo: () -> Unit, modifier: Modifier = Modifier) =
    Notice(stringResource(R.string.form_removed), modifier) { LineButton(stringResource(R.string.action_undo), onUndo) }

/** A line of "Kiểm tra lại": what was asked, what was answered, "Sửa". */
@Composable
fun CheckLine(title: String, answer: String, onEdit: () -> Unit, modifier: Modifier = Modifier) = Column(modifier.fillMaxWidth()) {
    Text(title, Modifier.semantics { heading() }, style = MaterialTheme.typography.titleSmall)
    Text(answer, Modifier.padding(top = 4.dp))
    LineButton(stringResource(R.string.form_edit, title), onEdit)
    HorizontalDivider()
}

/** Which post one acts in, asked only where several fit. */
@Composable
fun PostChoice(posts: List<MyPost>, chosen: String?, onChoose: (String) -> Unit, modifier: Modifier = Modifier, fault: FormFault? = null) {
    if (posts.size < 2) return
    Column(modifier.fillMaxWidth(), verticalArrangement = Arrangement.spacedBy(8.dp)) {
        val label = stringResource(R.string.form_post)
        Text(label, style = MaterialTheme.typography.titleSmall)
        val words = posts.map { it.id to stringResource(R.string.common_post, it.title, it.unit) }
        ChoiceList(words, chosen, onChoose)
        if (fault != null) Text(faultWords(label, fault), color = Tone.LATE.ink)
    }
}
