package vn.sodiaban.fieldbook.form

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.selection.toggleable
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.dp
import vn.sodiaban.fieldbook.ui.ChoiceMark
import vn.sodiaban.fieldbook.ui.TargetHeight
import vn.sodiaban.fieldbook.ui.areWordsLarge

private val Gap = 6.dp

/** One of a few: side by side where they fit, one below the other when words are large. */
@Composable
fun <T> ChoiceList(choices: List<Pair<T, String>>, chosen: T?, onChoose: (T) -> Unit, modifier: Modifier = Modifier) {
    FlowRow(
        modifier.fillMaxWidth().selectableGroup(),
        horizontalArrangement = Arrangement.spacedBy(Gap),
        verticalArrangement = Arrangement.spacedBy(Gap),
    ) {
        choices.forEach { (value, word) ->
            val isChosen = value == chosen
            Option(word, isChosen, isRound = true, Modifier.selectable(isChosen, role = Role.RadioButton) { onChoose(value) })
        }
    }
}

/** Any of a few. */
@Composable
fun <T> ManyList(choices: List<Pair<T, String>>, chosen: List<T>, onChange: (List<T>) -> Unit, modifier: Modifier = Modifier) {
    FlowRow(
        modifier.fillMaxWidth(),
        horizontalArrangement = Arrangement.spacedBy(Gap),
        verticalArrangement = Arrangement.spacedBy(Gap),
    ) {
        choices.forEach { (value, word) ->
            val isChosen = value in chosen
            val toggle = Modifier.toggleable(isChosen, role = Role.Checkbox) { isOn ->
                onChange(if (isOn) chosen + value else chosen - value)
            }
            Option(word, isChosen, isRound = false, toggle)
        }
    }
}

/** A word in a box with a mark before it. */
@Composable
private fun Option(word: String, isChosen: Boolean, isRound: Boolean, modifier: Modifier = Modifier) {
    val colours = MaterialTheme.colorScheme
    val width = if (areWordsLarge()) Modifier.fillMaxWidth() else Modifier
    Surface(
        width.heightIn(min = TargetHeight).clip(MaterialTheme.shapes.medium).then(modifier),
        shape = MaterialTheme.shapes.medium,
        color = if (isChosen) colours.primaryContainer else colours.surface,
        contentColor = if (isChosen) colours.onPrimaryContainer else colours.onSurface,
        border = BorderStroke(if (isChosen) 2.dp else 1.dp, if (isChosen) colours.primary else colours.outline),
    ) {
        // As narrow as can be, so that three short answers stand on one line of a usual phone.
        Row(Modifier.padding(horizontal = 7.dp, vertical = 10.dp), Arrangement.spacedBy(5.dp), Alignment.CenterVertically) {
            ChoiceMark(isChosen, isRound)
            Text(word, fontWeight = if (isChosen) FontWeight.SemiBold else null)
        }
    }
}
