package vn.sodiaban.fieldbook.ui

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.toggleable
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.RadioButton
import androidx.compose.material3.Surface
import androidx.compose.material3.Switch
import androidx.compose.material3.SwitchDefaults
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.dp
import vn.sodiaban.fieldbook.R

/** One of several; the whole line is the target. */
@Composable
fun ChoiceLine(text: String, isChosen: Boolean, onChoose: () -> Unit, modifier: Modifier = Modifier, more: String? = null) {
    val colours = MaterialTheme.colorScheme
    Surface(
        modifier.fillMaxWidth(),
        shape = MaterialTheme.shapes.medium,
        color = if (isChosen) colours.primaryContainer else colours.surface,
        border = BorderStroke(if (isChosen) 2.dp else 1.dp, if (isChosen) colours.primary else colours.outline),
    ) {
        Row(
            Modifier
                .heightIn(min = MainActionHeight)
                .selectable(isChosen, role = Role.RadioButton, onClick = onChoose)
                .padding(horizontal = 12.dp, vertical = 10.dp),
            Arrangement.spacedBy(12.dp),
            Alignment.CenterVertically,
        ) {
            ChoiceMark(isChosen, isRound = true)
            Column(Modifier.weight(1f)) {
                Text(text, fontWeight = if (isChosen) FontWeight.SemiBold else null)
                if (more != null) Text(more, style = MaterialTheme.typography.bodySmall)
            }
        }
    }
}

/** Yes or no; the whole line is the target. */
@Composable
fun SwitchLine(text: String, isOn: Boolean, onSwitch: (Boolean) -> Unit, modifier: Modifier = Modifier, more: String? = null) {
    Row(
        modifier
            .fillMaxWidth()
            .heightIn(min = MainActionHeight)
            .clip(MaterialTheme.shapes.medium)
            .toggleable(isOn, role = Role.Switch, onValueChange = onSwitch)
            .padding(vertical = 8.dp),
        Arrangement.spacedBy(12.dp),
        Alignment.CenterVertically,
    ) {
        Column(Modifier.weight(1f)) {
            Text(text)
            if (more != null) Text(more, style = MaterialTheme.typography.bodySmall)
        }
        Switch(isOn, onCheckedChange = null, colors = SwitchDefaults.colors(uncheckedTrackColor = MaterialTheme.colorScheme.surfaceVariant))
    }
}

/** A filter, on or off. */
@Composable
fun FilterToggle(text: String, isOn: Boolean, onToggle: () -> Unit, modifier: Modifier = Modifier) =
    Chip(text, isOn, modifier.clip(MaterialTheme.shapes.medium).toggleable(isOn, role = Role.Checkbox, onValueChange = { onToggle() }))

/** One of the parts of a page. */
@Composable
fun PartTab(text: String, isHere: Boolean, onGo: () -> Unit, modifier: Modifier = Modifier) =
    Chip(text, isHere, modifier.clip(MaterialTheme.shapes.medium).selectable(isHere, role = Role.Tab, onClick = onGo))

@Composable
private fun Chip(text: String, isOn: Boolean, modifier: Modifier = Modifier) {
    val colours = MaterialTheme.colorScheme
    Surface(
        modifier,
        shape = MaterialTheme.shapes.medium,
        color = if (isOn) colours.primary else colours.surface,
        contentColor = if (isOn) colours.onPrimary else colours.onSurface,
        border = BorderStroke(1.dp, if (isOn) colours.primary else colours.outline),
    ) {
        Row(
            Modifier.heightIn(min = TargetHeight).padding(horizontal = 14.dp, vertical = 8.dp),
            Arrangement.spacedBy(8.dp),
            Alignment.CenterVertically,
        ) {
            if (isOn) Icon(painterResource(R.drawable.ic_check), null, Modifier.size(20.dp.withWords()))
            Text(text)
        }
    }
}
