package vn.sodiaban.fieldbook.ui

import androidx.annotation.DrawableRes
import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Button
import androidx.compose.material3.ButtonDefaults
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp

/** Height of a main action, at least. */
val MainActionHeight = 56.dp

/** Height of everything else one can tap, at least. */
val TargetHeight = 48.dp

private val Inside = PaddingValues(horizontal = 16.dp, vertical = 12.dp)

/** The one thing to do on a page. While `isBusy` it keeps its place and its words, which stay easy to read, and a tap does nothing. */
@Composable
fun MainButton(text: String, onClick: () -> Unit, modifier: Modifier = Modifier, isBusy: Boolean = false) {
    Button(
        onClick = onClick,
        modifier = modifier.fillMaxWidth().heightIn(min = MainActionHeight).tagMainAction(),
        enabled = !isBusy,
        shape = MaterialTheme.shapes.medium,
        colors = ButtonDefaults.buttonColors(
            disabledContainerColor = MaterialTheme.colorScheme.surfaceVariant,
            disabledContentColor = MaterialTheme.colorScheme.onSurface,
        ),
        contentPadding = Inside,
    ) { Text(text, textAlign = TextAlign.Center) }
}

/** The other thing one may do on a page. */
@Composable
fun SideButton(text: String, onClick: () -> Unit, modifier: Modifier = Modifier, @DrawableRes icon: Int? = null) {
    OutlinedButton(
        onClick = onClick,
        modifier = modifier.fillMaxWidth().heightIn(min = MainActionHeight),
        shape = MaterialTheme.shapes.medium,
        border = BorderStroke(1.dp, MaterialTheme.colorScheme.primary),
        contentPadding = Inside,
    ) {
        if (icon != null) WordIcon(icon, Modifier.padding(end = 8.dp))
        Text(text, textAlign = TextAlign.Center)
    }
}

/** A small thing to do within a line. */
@Composable
fun LineButton(
    text: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    enabled: Boolean = true,
    @DrawableRes icon: Int? = null,
) {
    TextButton(
        onClick = onClick,
        modifier = modifier.heightIn(min = TargetHeight),
        enabled = enabled,
        contentPadding = PaddingValues(horizontal = 12.dp, vertical = 8.dp),
    ) {
        if (icon != null) WordIcon(icon, Modifier.padding(end = 8.dp))
        Text(text)
    }
}

/** A line of a list that opens something; TalkBack reads it whole, as one button. */
@Composable
fun LineCard(onClick: () -> Unit, modifier: Modifier = Modifier, content: @Composable ColumnScope.() -> Unit) {
    Surface(
        onClick = onClick,
        modifier = modifier.fillMaxWidth().heightIn(min = MainActionHeight).semantics(mergeDescendants = true) { role = Role.Button },
        shape = MaterialTheme.shapes.medium,
        border = BorderStroke(1.dp, MaterialTheme.colorScheme.outlineVariant),
    ) {
        Column(Modifier.padding(horizontal = 16.dp, vertical = 12.dp), verticalArrangement = Arrangement.spacedBy(4.dp), content = content)
    }
}

/** A large tile: what a head does most. */
@Composable
fun Tile(text: String, @DrawableRes icon: Int, onClick: () -> Unit, modifier: Modifier = Modifier, isMain: Boolean = false) {
    val colours = MaterialTheme.colorScheme
    Surface(
        onClick = onClick,
        modifier = modifier.fillMaxWidth().heightIn(min = 96.dp).semantics {
            role = Role.Button
        }.then(if (isMain) Modifier.tagMainAction() else Modifier),
        shape = MaterialTheme.shapes.large,
        color = if (isMain) colours.primary else colours.primaryContainer,
        contentColor = if (isMain) colours.onPrimary else colours.onPrimaryContainer,
    ) {
        Row(Modifier.padding(16.dp), Arrangement.spacedBy(16.dp), Alignment.CenterVertically) {
            Icon(painterResource(icon), null, Modifier.size(36.dp.withWords()))
            Text(text, style = MaterialTheme.typography.titleLarge)
        }
    }
}
